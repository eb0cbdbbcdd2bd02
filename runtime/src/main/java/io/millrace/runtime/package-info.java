/**
 * The service skeleton. It holds what every service needs and none should write twice: Kafka
 * clients with the settings that the promises rest on, topics read as lists ({@link
 * io.millrace.runtime.EventLog}) and as loops ({@link io.millrace.runtime.EventLoop}), events
 * written one by one or in transactions ({@link io.millrace.runtime.EventProducer}), health and
 * metrics, and failures that a person can act on.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;

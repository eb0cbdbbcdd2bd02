/** The service skeleton: configuration, lifecycle, Kafka clients, health and metrics. */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;

/**
 * The whole of Millrace in one process: Kafka, the topics, and every service with its internal
 * server. {@code millrace up}, the demo and the end-to-end tests differ only in the {@link
 * io.millrace.launcher.platform.PlatformConfig} they start it with.
 */
@NullMarked
package io.millrace.launcher.platform;

import org.jspecify.annotations.NullMarked;

/**
 * Millrace's own Kafka: a whole broker inside the process, with a data directory that outlives it.
 * It is there so that one command on one machine needs nothing installed; with {@code
 * --bootstrap-servers} it stays out of the way.
 */
@NullMarked
package io.millrace.launcher.broker;

import org.jspecify.annotations.NullMarked;

/**
 * The {@code millrace} command: its {@linkplain io.millrace.launcher.command commands}, the
 * {@linkplain io.millrace.launcher.platform platform} that runs every service in one process, and
 * the {@linkplain io.millrace.launcher.broker Kafka} it brings along.
 */
@NullMarked
package io.millrace.launcher;

import org.jspecify.annotations.NullMarked;

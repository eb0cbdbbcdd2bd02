/**
 * What {@code millrace bench} measures. A benchmark runs the real parts, and beside them, in the
 * same run, a baseline to compare with: machines differ and are noisy, so ratios say more than
 * absolute figures. It gives {@linkplain io.millrace.launcher.bench.Figure figures}, which the
 * command prints with the {@linkplain io.millrace.launcher.bench.Machine machine} they were taken
 * on.
 */
@NullMarked
package io.millrace.launcher.bench;

import org.jspecify.annotations.NullMarked;

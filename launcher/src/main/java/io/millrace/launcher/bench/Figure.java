package io.millrace.launcher.bench;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param unit such as {@code events/s}, {@code ms}, {@code %}
 * @param baseline what the same run measured of the thing to compare with, in the same unit
 * @param ratio value / baseline
 */
public record Figure(
        String name, double value, String unit, @Nullable Double baseline, @Nullable Double ratio) {

    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be a finite number".formatted(name));
        }
        if ((baseline == null) != (ratio == null)) {
            throw new IllegalArgumentException("a ratio needs a baseline, and the other way round");
        }
    }

    /** A figure with nothing to compare it with. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null);
    }

    /**
     * A figure beside its baseline.
     *
     * @throws IllegalArgumentException when the baseline is not above zero
     */
    public static Figure beside(double baseline, String name, double value, String unit) {
        if (!(baseline > 0)) {
            throw new IllegalArgumentException(
                    "the baseline of %s must be above 0".formatted(name));
        }
        return new Figure(name, value, unit, baseline, value / baseline);
    }
}

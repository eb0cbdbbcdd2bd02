package io.millrace.evaluator.report;

import static io.millrace.evaluator.report.Numbers.fixed;
import static io.millrace.evaluator.report.Numbers.points;

import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.schemas.SliceVerdict;
import java.util.List;
import java.util.Locale;

/**
 * The change on each slice with its interval, as SVG: a forest plot, zero and each slice's margin
 * marked.
 */
final class SlicePlot {

    private static final int WIDTH = 960;
    private static final int LEFT = 110;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 16;
    private static final int ROW = 40;

    private final List<SliceVerdict> slices;
    private final GatePolicy policy;
    private final Axis axis;

    private SlicePlot(List<SliceVerdict> slices, GatePolicy policy) {
        this.slices = slices;
        this.policy = policy;
        double least =
                slices.stream().mapToDouble(s -> Math.min(s.low(), -margin(s))).min().orElse(0);
        double most = slices.stream().mapToDouble(SliceVerdict::high).max().orElse(0);
        this.axis = Axis.over(least * 100, Math.max(most * 100, 1));
    }

    /** The plot of the slices that hold any case; nothing when there is none. */
    static String of(List<SliceVerdict> all, GatePolicy policy) {
        List<SliceVerdict> slices = all.stream().filter(slice -> slice.n() > 0).toList();
        return slices.isEmpty() ? "" : new SlicePlot(slices, policy).svg();
    }

    private String svg() {
        int bottom = TOP + slices.size() * ROW;
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg class="plot" viewBox="0 0 %d %d" role="img" aria-label="Change by slice with confidence intervals">
                """
                        .formatted(WIDTH, bottom + 42));
        for (double tick : axis.ticks()) {
            svg.append(tick(tick, bottom));
        }
        for (int i = 0; i < slices.size(); i++) {
            svg.append(row(slices.get(i), TOP + i * ROW + ROW / 2));
        }
        svg.append(
                """
                <text class="caption" x="%d" y="%d" text-anchor="middle">challenger minus champion, points</text>
                </svg>
                """
                        .formatted((LEFT + RIGHT) / 2, bottom + 38));
        return svg.toString();
    }

    private String tick(double value, int bottom) {
        String x = fixed(x(value), 1);
        String kind = Math.abs(value) < axis.step() / 2 ? "zero" : "grid";
        return """
        <line class="%s" x1="%s" x2="%s" y1="%d" y2="%d"/>
        <text class="tick" x="%s" y="%d" text-anchor="middle">%s</text>
        """
                .formatted(kind, x, x, TOP, bottom, x, bottom + 18, label(value));
    }

    private String label(double value) {
        String digits = fixed(Math.abs(value), axis.step() < 1 ? 1 : 0);
        return value < -axis.step() / 2 ? "\u2212" + digits : digits;
    }

    private String row(SliceVerdict slice, int y) {
        String outcome = slice.outcome().name().toLowerCase(Locale.ROOT);
        String low = fixed(x(slice.low() * 100), 1);
        String high = fixed(x(slice.high() * 100), 1);
        String margin = fixed(x(-margin(slice) * 100), 1);
        return """
        <text class="label" x="%d" y="%d" text-anchor="end">%s</text>
        <line class="margin" x1="%s" x2="%s" y1="%d" y2="%d"><title>non-inferiority margin</title></line>
        <g class="%s"><title>%s: %s points, %s to %s</title>
        <line class="interval" x1="%s" x2="%s" y1="%d" y2="%d"/>
        <circle cx="%s" cy="%d" r="6"/></g>
        """
                .formatted(
                        LEFT - 14,
                        y + 5,
                        Html.escape(slice.slice()),
                        margin,
                        margin,
                        y - 13,
                        y + 13,
                        outcome,
                        Html.escape(slice.slice()),
                        points(slice.change()),
                        points(slice.low()),
                        points(slice.high()),
                        low,
                        high,
                        y,
                        y,
                        fixed(x(slice.change() * 100), 1),
                        y);
    }

    private double margin(SliceVerdict slice) {
        return policy.ruleOf(slice.slice()).nonInferiorityMargin();
    }

    private double x(double value) {
        return axis.at(value, LEFT, RIGHT);
    }
}

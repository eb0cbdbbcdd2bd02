package io.millrace.evaluator.report;

import static io.millrace.evaluator.report.Numbers.fixed;

import java.util.List;
import java.util.StringJoiner;

/** The training loss over its reported steps, as SVG. */
final class LossPlot {

    private static final int WIDTH = 960;
    private static final int LEFT = 48;
    private static final int RIGHT = WIDTH - 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 232;

    private final List<Double> losses;
    private final Axis axis;

    private LossPlot(List<Double> losses) {
        this.losses = losses;
        this.axis = Axis.over(0, losses.stream().mapToDouble(loss -> loss).max().orElseThrow());
    }

    /** The plot of the finite losses; a sentence when there are too few for a curve. */
    static String of(List<Double> curve) {
        List<Double> losses = curve.stream().filter(Double::isFinite).toList();
        return losses.size() < 2
                ? "<p class=\"note\">The trainer reported no loss curve.</p>\n"
                : new LossPlot(losses).svg();
    }

    private String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg class="plot" viewBox="0 0 %d %d" role="img" aria-label="Training loss">
                """
                        .formatted(WIDTH, BOTTOM + 30));
        for (double tick : axis.ticks()) {
            String y = fixed(axis.at(tick, BOTTOM, TOP), 1);
            svg.append(
                    """
                    <line class="grid" x1="%d" x2="%d" y1="%s" y2="%s"/>
                    <text class="tick" x="%d" y="%s" dy="4" text-anchor="end">%s</text>
                    """
                            .formatted(
                                    LEFT,
                                    RIGHT,
                                    y,
                                    y,
                                    LEFT - 8,
                                    y,
                                    fixed(tick, axis.step() < 0.1 ? 2 : axis.step() < 1 ? 1 : 0)));
        }
        String points = points();
        return svg.append(
                        """
                        <polygon class="under" points="%d,%d %s %d,%d"/>
                        <polyline class="curve" points="%s"/>
                        <text class="caption" x="%d" y="%d" text-anchor="middle">training, from the first step to the last; nats per response token</text>
                        </svg>
                        """
                                .formatted(
                                        LEFT,
                                        BOTTOM,
                                        points,
                                        RIGHT,
                                        BOTTOM,
                                        points,
                                        (LEFT + RIGHT) / 2,
                                        BOTTOM + 24))
                .toString();
    }

    private String points() {
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < losses.size(); i++) {
            double x = LEFT + (RIGHT - LEFT) * i / (losses.size() - 1.0);
            points.add(fixed(x, 1) + "," + fixed(axis.at(losses.get(i), BOTTOM, TOP), 1));
        }
        return points.toString();
    }
}

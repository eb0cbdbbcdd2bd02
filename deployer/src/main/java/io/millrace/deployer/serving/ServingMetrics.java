package io.millrace.deployer.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.model.Generation;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What serving counts; names follow OpenTelemetry's conventions for generative AI where there are
 * any.
 */
public final class ServingMetrics {

    /** The buckets that the conventions recommend for request durations, in milliseconds. */
    private static final long[] BUCKETS_MILLIS = {
        10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480, 40960, 81920
    };

    private final MeterRegistry meters;
    private final AtomicInteger inflight = new AtomicInteger();

    public ServingMetrics(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("millrace.serving.inflight", inflight);
    }

    /** Counts the interactions that Kafka did not take. */
    public Counter droppedInteractions() {
        return meters.counter("millrace.serving.interactions.dropped");
    }

    void started() {
        inflight.incrementAndGet();
    }

    /**
     * A request has its reply.
     *
     * @param model the exact model that answered, or {@code none}
     */
    void ended(String model, int status, Duration took) {
        inflight.decrementAndGet();
        String code = Integer.toString(status);
        meters.counter("millrace.serving.requests", "status", code).increment();
        Timer.builder("gen_ai.server.request.duration")
                .serviceLevelObjectives(
                        Arrays.stream(BUCKETS_MILLIS)
                                .mapToObj(Duration::ofMillis)
                                .toArray(Duration[]::new))
                .tags("model", model, "status", code)
                .register(meters)
                .record(took);
    }

    void answered(Generation generation) {
        tokens("prompt", generation.promptTokens());
        tokens("response", generation.responseTokens());
    }

    private void tokens(String type, int count) {
        meters.counter("millrace.serving.tokens", "type", type).increment(count);
    }
}

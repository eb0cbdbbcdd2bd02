package io.millrace.launcher.bench;

import java.util.List;

/** Every benchmark that {@code millrace bench} knows. */
public final class Benchmarks {

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new CurationBenchmark(),
                new GatewayBenchmark(),
                new NearDuplicatesBenchmark(),
                new RedactionBenchmark(),
                new TrainingBenchmark(),
                new DecodingBenchmark());
    }
}

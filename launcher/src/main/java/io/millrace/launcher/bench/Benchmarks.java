package io.millrace.launcher.bench;

import java.util.List;

/** Every benchmark that the command knows. */
public final class Benchmarks {

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(new RedactionBenchmark(), new GatewayBenchmark());
    }
}

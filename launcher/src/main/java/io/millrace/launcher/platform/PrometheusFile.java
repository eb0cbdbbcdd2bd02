package io.millrace.launcher.platform;

import static java.util.stream.Collectors.joining;

import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A Prometheus configuration that watches one running platform, with the alerts that Kubernetes
 * gets: {@code prometheus --config.file=.millrace/prometheus.yml}.
 */
public final class PrometheusFile {

    private PrometheusFile() {}

    /**
     * Writes {@code prometheus.yml} into a data directory, over an earlier one.
     *
     * @param rules recording rules and alerts
     * @throws MillraceException when it can't be written
     */
    public static Path write(Path dataDirectory, Path rules, Collection<URI> internal) {
        Path file = dataDirectory.resolve("prometheus.yml");
        try {
            return Files.writeString(file, text(rules.toAbsolutePath().normalize(), internal));
        } catch (IOException e) {
            throw new MillraceException(file + " can't be written: " + e.getMessage(), e);
        }
    }

    private static String text(Path rules, Collection<URI> internal) {
        return """
        # Written when Millrace started, with the ports of that start.
        global:
          scrape_interval: 5s
          evaluation_interval: 5s
        rule_files: ['%s']
        scrape_configs:
          - job_name: millrace
            honor_labels: true
            static_configs:
              - targets: [%s]
        """
                .formatted(
                        rules,
                        internal.stream()
                                .map(uri -> "'" + uri.getAuthority() + "'")
                                .collect(joining(", ")));
    }
}

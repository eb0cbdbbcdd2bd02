package io.millrace.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrometheusFileTest {

    @TempDir private Path data;

    @Test
    void namesEveryServiceAndTheRulesByTheirWholePath() {
        List<URI> services =
                List.of(URI.create("http://127.0.0.1:9100"), URI.create("http://127.0.0.1:9101"));

        Path file = PrometheusFile.write(data, Path.of("rules.yaml"), services);

        assertThat(file)
                .content()
                .contains("targets: ['127.0.0.1:9100', '127.0.0.1:9101']")
                .contains("rule_files: ['" + Path.of("rules.yaml").toAbsolutePath() + "']");
    }
}

package io.millrace.launcher.command;

import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PrometheusFile;
import java.nio.file.Path;

/** Where Millrace is installed, and what it brings along. */
final class Home {

    private Home() {}

    /** Something that the project ships, such as {@code model/base}. */
    static Path resolve(String path) {
        return Path.of(System.getProperty("millrace.home", ".")).resolve(path);
    }

    /** Writes the file that makes a Prometheus watch this platform. */
    static Path prometheusFile(Platform platform) {
        return PrometheusFile.write(
                platform.config().dataDirectory(),
                resolve("k8s/monitoring/rules.yaml"),
                platform.internal().values());
    }
}

package io.millrace.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with this one's class path, for what can be seen only from the start. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Runs a class's {@code main}; gives all that it printed. */
    public static String run(
            Class<?> main, Map<String, String> environment, List<String> options, Path directory)
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of(main.getName(), directory.toString()));
        ProcessBuilder child = new ProcessBuilder(command);
        child.environment().putAll(environment);
        Process process = child.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}

package io.millrace.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures were taken.
 *
 * @param cores that this process may use
 * @param memoryBytes of the machine, or of the container
 * @param cpu the processor's model, or its architecture where the system does not tell
 */
public record Machine(int cores, long memoryBytes, String jdk, String os, String cpu) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This one. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                property("java.vendor") + " " + property("java.runtime.version"),
                property("os.name") + " " + property("os.version"),
                cpuModel());
    }

    private static String cpuModel() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElseGet(() -> property("os.arch"));
            } catch (IOException e) {
                return property("os.arch");
            }
        }
        return property("os.arch");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}

package io.millrace.launcher.bench;

import io.millrace.runtime.UsageException;
import java.util.List;
import java.util.function.Consumer;

/** One thing that is measured. */
public interface Benchmark {

    /** What a person types: a word in lower case, with hyphens. */
    String name();

    /** One line, without a full stop. */
    String description();

    /**
     * The same benchmark of another size.
     *
     * @param events how many to measure with
     * @throws UsageException when it has one size only, or not this one
     */
    default Benchmark sized(int events) {
        throw new UsageException("bench %s has one size: leave out --events".formatted(name()));
    }

    /**
     * Measures. Nothing is printed on standard output meanwhile.
     *
     * @param progress hears, now and then, one line about what is going on
     * @throws io.millrace.runtime.MillraceException when it cannot be measured on this machine
     */
    List<Figure> run(Consumer<String> progress);
}

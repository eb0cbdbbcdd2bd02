package io.millrace.evaluator.suite;

import java.util.List;

/** Cases that belong together, under a name and a version of their own. */
public record Suite(String name, int version, List<SuiteCase> cases) {

    public Suite {
        cases = List.copyOf(cases);
        if (cases.stream().map(SuiteCase::id).distinct().count() < cases.size()) {
            throw new IllegalArgumentException("every case needs an id of its own");
        }
    }
}

package io.millrace.launcher.platform;

import java.util.Locale;

/** The services, in the order of the loop. */
public enum ServiceKind {
    GATEWAY(0),
    CURATION(1),
    TRAINER(2),
    EVALUATOR(3),
    DEPLOYER(4);

    private final int place;

    ServiceKind(int place) {
        this.place = place;
    }

    /** Counted from 0. */
    int place() {
        return place;
    }

    /** Its name on the command line, in URLs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

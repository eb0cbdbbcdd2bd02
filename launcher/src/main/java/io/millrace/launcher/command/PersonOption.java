package io.millrace.launcher.command;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.PrincipalId;

/** Names of people as they come from a command line. */
final class PersonOption {

    private PersonOption() {}

    static PrincipalId parse(String option, String name) {
        try {
            return new PrincipalId(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), e);
        }
    }
}

package io.millrace.ingest.redaction;

import java.util.Optional;

/** Passwords among the options of a command: {@code curl -u bob:…}, {@code mysql -p…}. */
final class CommandSecrets {

    private static final int LONGEST_USER = 40;
    private static final int LONGEST_COMMAND = 80;

    private CommandSecrets() {}

    /** Whether a colon ends the user's name in {@code curl -u bob:…}. */
    static boolean isUserEnd(Text text, int colon) {
        int start = colon;
        while (colon - start < LONGEST_USER
                && (text.isWord(start - 1) || text.isOneOf("_.@-", start - 1))) {
            start--;
        }
        return text.is(':', colon)
                && text.isWord(colon + 1)
                && (text.startsWith(" -u ", start - 4) || text.startsWith(" --user ", start - 8));
    }

    /**
     * The password behind a {@code -p} at a place, which means many other things: right behind it
     * to a database's client, after a space to {@code sshpass} and where one logs in.
     */
    static Optional<Span> optionAt(Text text, int hyphen) {
        if (!text.startsWith(" -p", hyphen - 1)) {
            return Optional.empty();
        }
        String command = text.before(hyphen, LONGEST_COMMAND);
        boolean meant =
                text.is(' ', hyphen + 2)
                        ? command.contains("sshpass ") || command.contains(" login ")
                        : command.contains("mysql") || command.contains("mariadb");
        return meant
                ? SecretValue.at(text, hyphen + 2, SecretValue.ANY)
                        .filter(span -> !SecretValue.isVariable(span.identity()))
                : Optional.empty();
    }
}

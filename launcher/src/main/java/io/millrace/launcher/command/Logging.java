package io.millrace.launcher.command;

import io.millrace.launcher.broker.DataDirectory;

/** Where log lines go; to be said before the first one is written. */
final class Logging {

    private Logging() {}

    /** All of them into the data directory, our warnings on the console too. */
    static void into(DataDirectory directory) {
        System.setProperty("millrace.logs", directory.logs().toString());
        System.setProperty("log4j2.configurationFile", "log4j2-directory.xml");
    }

    /** All of them on the console, for a service whose log others collect. */
    static void onConsole() {
        System.setProperty("millrace.log.ours", "INFO");
        System.setProperty("millrace.log.others", "WARN");
    }
}

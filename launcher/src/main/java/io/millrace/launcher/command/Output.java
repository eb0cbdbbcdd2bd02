package io.millrace.launcher.command;

/** How an answer is printed. */
enum Output {
    TEXT,
    JSON
}

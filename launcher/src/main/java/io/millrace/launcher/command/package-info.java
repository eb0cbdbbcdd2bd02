/**
 * What a person types. Each command is one class: it reads its options, asks the platform or the
 * topics, and prints; {@code -o json} prints one JSON document on standard output instead of text.
 */
@NullMarked
package io.millrace.launcher.command;

import org.jspecify.annotations.NullMarked;

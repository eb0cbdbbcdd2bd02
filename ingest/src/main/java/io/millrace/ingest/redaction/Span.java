package io.millrace.ingest.redaction;

/**
 * Personal data found in a text.
 *
 * @param identity what two spellings of the same datum share
 * @param start its first character
 * @param end the character after its last one
 */
record Span(PersonalData kind, String identity, int start, int end) {}

package io.millrace.model;

/** One generated answer, without its end token. */
public record Generation(
        String text, int promptTokens, int responseTokens, FinishReason finishReason) {}

package io.millrace.evaluator.suite;

/**
 * What an examinee said.
 *
 * @param score from 0, wrong, to 1, right
 */
public record Answer(String text, double score) {}

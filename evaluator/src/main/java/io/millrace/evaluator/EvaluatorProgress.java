package io.millrace.evaluator;

import io.millrace.schemas.ModelVersion;

/**
 * How far an examination is.
 *
 * @param answered of both examinees together
 * @param total twice the number of prompts
 */
public record EvaluatorProgress(ModelVersion challenger, int answered, int total) {}

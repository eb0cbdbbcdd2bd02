package io.millrace.evaluator.gate;

/** A confidence interval, both ends included. */
record Interval(double low, double high) {}

/**
 * The demonstration: one model, its users and their corrections, from a first champion to a better
 * one and a harmful window refused.
 *
 * <p>{@link io.millrace.launcher.demo.Demo} plays the scenario over the platform's public doors
 * alone: HTTP to serve and to listen, Kafka topics to watch. {@code Users} are simulated: they know
 * the right answer from the data file.
 */
@NullMarked
package io.millrace.launcher.demo;

import org.jspecify.annotations.NullMarked;

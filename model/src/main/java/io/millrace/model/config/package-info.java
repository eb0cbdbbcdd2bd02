/**
 * The shape that a model directory says it has, and the one exception for a directory that can't be
 * used.
 */
@NullMarked
package io.millrace.model.config;

import org.jspecify.annotations.NullMarked;

/**
 * Reports: a verdict and the answers behind it in, one HTML file out that needs nothing else to be
 * read, in light and in dark. What models and people wrote is escaped, and the page forbids itself
 * to load or run anything.
 */
@NullMarked
package io.millrace.evaluator.report;

import org.jspecify.annotations.NullMarked;

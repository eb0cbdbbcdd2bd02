/**
 * What a person does to the stream by hand: reviews of quarantined examples and erasures go in as
 * events; what waits for a decision, and which models have seen a person's examples, come out.
 */
@NullMarked
package io.millrace.launcher.operator;

import org.jspecify.annotations.NullMarked;

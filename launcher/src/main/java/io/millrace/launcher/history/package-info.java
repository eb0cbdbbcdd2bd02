/**
 * What has become of the stream so far, answered from the control topics alone: which model is
 * live, which windows were cut, what the gate said, and what a model was made from.
 */
@NullMarked
package io.millrace.launcher.history;

import org.jspecify.annotations.NullMarked;

/**
 * Which records of the stream a run trains on. The ledger of past windows and the last stable
 * offsets go in; the next window's offset ranges come out, so that windows tile: no gap, no
 * overlap.
 */
@NullMarked
package io.millrace.trainer.window;

import org.jspecify.annotations.NullMarked;

/**
 * When to train. Untrained examples, open requests and past windows go in; training requests come
 * out, each an event that says why. Requests by hand come through the gateway on the same topic.
 */
@NullMarked
package io.millrace.trainer.trigger;

import org.jspecify.annotations.NullMarked;

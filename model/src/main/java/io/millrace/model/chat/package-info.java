/**
 * Conversations as text and as token ids: where each turn starts and ends, and which tokens the
 * model is to learn. A chat format is a file of data, {@code NAME.yaml} beside these classes or one
 * of a model's own; {@code Renderer} obeys any of them and makes pieces, of which text, loss and
 * ids are three views.
 */
@NullMarked
package io.millrace.model.chat;

import org.jspecify.annotations.NullMarked;

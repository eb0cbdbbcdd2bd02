/**
 * Conversations as token ids: where each turn starts and ends, and which tokens the model is to
 * learn.
 */
@NullMarked
package io.millrace.model.chat;

import org.jspecify.annotations.NullMarked;

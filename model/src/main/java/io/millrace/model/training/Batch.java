package io.millrace.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.chat.Tokens;
import java.util.List;

/**
 * Sequences side by side, padded on the right with token 0, which carries no loss and which causal
 * attention never sees.
 *
 * @param ids {@code (batch, longest)}
 * @param rows flattened positions whose next token is a response token, {@code (responseTokens)}
 * @param targets those next tokens, {@code (responseTokens)}
 */
record Batch(NDArray ids, NDArray rows, NDArray targets) {

    static Batch of(NDManager manager, List<Tokens> sequences) {
        int longest = sequences.stream().mapToInt(Tokens::length).max().orElseThrow();
        int responses = sequences.stream().mapToInt(Tokens::responseLength).sum();
        long[] ids = new long[sequences.size() * longest];
        long[] rows = new long[responses];
        long[] targets = new long[responses];
        int next = 0;
        for (int s = 0; s < sequences.size(); s++) {
            Tokens sequence = sequences.get(s);
            for (int i = 0; i < sequence.length(); i++) {
                ids[s * longest + i] = sequence.ids()[i];
                if (i >= sequence.responseStart()) {
                    rows[next] = (long) s * longest + i - 1;
                    targets[next++] = sequence.ids()[i];
                }
            }
        }
        return new Batch(
                manager.create(ids, new Shape(sequences.size(), longest)),
                manager.create(rows),
                manager.create(targets));
    }
}

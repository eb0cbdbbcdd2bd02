package io.millrace.evaluator;

import io.millrace.runtime.MillraceException;
import io.millrace.schemas.WindowId;

/**
 * The window ledger does not show a window that a candidate names. Both are written in one
 * transaction, but its end reaches the two topics one after the other, so for a moment this is
 * normal.
 */
final class LedgerBehindException extends MillraceException {

    private static final long serialVersionUID = 1L;

    LedgerBehindException(WindowId window) {
        super(
                "the window ledger does not know %s, so nobody can say what was trained on: restore the topic"
                        .formatted(window));
    }
}

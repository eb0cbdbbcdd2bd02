package io.millrace.trainer.window;

import io.millrace.runtime.MillraceException;

/** A partition ends before the point up to which the ledger says it was trained on. */
public final class TopicRecreatedException extends MillraceException {

    private static final long serialVersionUID = 1L;

    TopicRecreatedException(String topic, int partition, long covered, long end) {
        super(
                "%s-%d ends at %d, but the window ledger covers it up to %d: the topic was deleted and made again; use a new topic prefix, or recreate the ledger too"
                        .formatted(topic, partition, end, covered));
    }
}

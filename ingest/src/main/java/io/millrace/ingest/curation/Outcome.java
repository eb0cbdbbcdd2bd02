package io.millrace.ingest.curation;

import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PreferenceKind;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Review;
import io.millrace.schemas.SftExample;
import java.util.Optional;

/** What curation decides about an event. */
sealed interface Outcome {

    /** The fate that this outcome settles; empty when it settles none. */
    Optional<Fate> fate();

    /** An example good enough to go on to the duplicate check, which settles its fate. */
    record Proposed(SftExample example) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.empty();
        }
    }

    /**
     * An example that goes on to the duplicate check once more: it may have been a duplicate of
     * what another person in its case has since corrected. It settles no new event.
     */
    record Reconsidered(SftExample example) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.empty();
        }
    }

    record Trained(SftExample example) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.of(Fate.SFT);
        }
    }

    record HeldOut(HoldoutExample example) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.of(Fate.HOLDOUT);
        }
    }

    /** A pair comes beside its correction's example, which settles the correction's fate. */
    record Preferred(Preference preference) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return preference.kind() == PreferenceKind.PAIR
                    ? Optional.empty()
                    : Optional.of(Fate.PREFERENCE);
        }
    }

    /**
     * A correction that makes no pair, since it hardly changes the answer; it comes beside an
     * example as well.
     */
    record TooCloseToPair() implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.empty();
        }
    }

    record Quarantined(QuarantinedExample example) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.of(Fate.QUARANTINE);
        }
    }

    /** A reviewer has decided; whatever follows from it settles no new event. */
    record Reviewed(QuarantinedExample example, Review review) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.empty();
        }
    }

    /** Nothing is published. */
    record Dropped(Fate because) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.of(because);
        }
    }

    /** The record goes to its topic's dead letters. */
    record Parked(DeadLetter letter) implements Outcome {
        @Override
        public Optional<Fate> fate() {
            return Optional.of(letter.fate());
        }
    }
}

package io.millrace.ingest.redaction;

/** A kind of number that a state gives to a person. */
sealed interface NationalId permits NumberedId, LetteredId {

    /** ISO 3166-1, two letters. */
    String country();

    /** What the number is called. */
    Label label();

    /**
     * Whether a number that passes its check is meant as one: the text names it, or its form says
     * enough and the text calls it nothing else.
     */
    default boolean isMeant(Text text, int start, int end, boolean alone) {
        return label().directlyBefore(text, start)
                || (!Label.SOMETHING_ELSE.directlyBefore(text, start)
                        && !PhoneNumber.isNamedBefore(text, start)
                        && (alone || label().near(text, start, end)));
    }
}

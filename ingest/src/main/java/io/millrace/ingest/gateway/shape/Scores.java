package io.millrace.ingest.gateway.shape;

import tools.jackson.databind.node.ObjectNode;

/**
 * Other people's scores as thumbs and ratings. A number is read as a share of the best, from 0 to
 * 1, and spread over a rating's 1 to 5. One outside of that has a scale that we can't know, and is
 * not guessed at.
 */
final class Scores {

    /** The end of a sentence that says what a number must be. */
    static final String RANGE =
            "a number from 0 to 1: scale it, or send {\"interactionId\", \"kind\": \"rating\","
                    + " \"value\"} with 1 to 5";

    private Scores() {}

    static void thumb(ObjectNode fields, boolean up) {
        fields.put("kind", "thumb").put("value", up ? 1 : 0);
    }

    /** Whether the share could be taken. */
    static boolean rating(ObjectNode fields, double share) {
        if (!(share >= 0 && share <= 1)) {
            return false;
        }
        fields.put("kind", "rating").put("value", 1 + 4 * share);
        return true;
    }
}

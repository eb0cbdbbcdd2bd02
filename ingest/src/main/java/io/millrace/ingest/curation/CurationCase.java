package io.millrace.ingest.curation;

import io.millrace.schemas.Interaction;
import io.millrace.schemas.PrincipalId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one interaction: itself, once it has come, and what each person said about
 * it. Events only ever add to it and their arrival leaves no trace in it, so two cases that heard
 * the same are equal. Comments are kept only until the interaction has come: an orphan goes to its
 * dead letters as it was said, and nothing else asks for them.
 *
 * @param voices by principal
 */
record CurationCase(@Nullable Interaction interaction, SortedMap<String, Voice> voices) {

    static final CurationCase EMPTY = new CurationCase(null, new TreeMap<>());

    CurationCase {
        SortedMap<String, Voice> kept = new TreeMap<>(voices);
        if (interaction != null) {
            kept.replaceAll((principal, voice) -> voice.withoutComments());
        }
        voices = Collections.unmodifiableSortedMap(kept);
    }

    Voice voice(PrincipalId principal) {
        Voice voice = voices.get(principal.value());
        return voice == null ? Voice.silent(principal) : voice;
    }

    CurationCase with(Interaction arrived) {
        return new CurationCase(arrived, voices);
    }

    CurationCase with(Voice heard) {
        SortedMap<String, Voice> next = new TreeMap<>(voices);
        next.put(heard.principal().value(), heard);
        return new CurationCase(interaction, next);
    }
}

package io.millrace.ingest.curation;

import java.util.List;

/** What an event makes of a case, and what leaves curation because of it. */
record Decision(CurationCase next, List<Outcome> outcomes) {

    Decision {
        outcomes = List.copyOf(outcomes);
    }
}

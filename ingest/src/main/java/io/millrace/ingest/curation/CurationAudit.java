package io.millrace.ingest.curation;

import java.util.List;
import java.util.Map;

/**
 * Whether every event that curation has read ended exactly once. What it counted as it went is
 * compared with what lies in the topics; what neither has ended nor waits is lost, and shows.
 *
 * @param read events by traffic topic
 * @param ended the same events by how they ended
 * @param unread events that curation has not come to yet; no part of the sum
 * @param checks each number of the sum beside what the topics say
 */
public record CurationAudit(
        Map<String, Long> read, Map<String, Long> ended, long unread, List<Check> checks) {

    public CurationAudit {
        checks = List.copyOf(checks);
    }

    /**
     * A number that was arrived at in two ways.
     *
     * @param name what was counted
     * @param counted by curation as it went
     * @param found in the topics
     * @param removed whether retention has taken records from there, so that less may be found
     */
    public record Check(String name, long counted, long found, boolean removed) {

        /** Whether the two agree, as far as what is left can tell. */
        public boolean holds() {
            return removed ? found <= counted : found == counted;
        }
    }

    /** Whether every check does. */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }
}

/**
 * What people say becomes what a model learns. Interactions, feedback, corrections and
 * demonstrations flow in; examples to train on, examples to examine with, preferences and
 * quarantined examples flow out, each event ending in exactly one counted {@linkplain
 * io.millrace.ingest.curation.Fate fate}.
 *
 * <pre>
 * interactions ─┐
 * feedback ─────┼► cases ─► routing ─┬─► preferences
 * corrections ──┘                    ├─► quality ─┬─► duplicates ─► split ─┬─► sft
 * demonstrations ────────────────────┘            └─► quarantine           └─► holdout
 * </pre>
 *
 * The rules are pure: {@link io.millrace.ingest.curation.Routing} decides on one {@link
 * io.millrace.ingest.curation.CurationCase}, {@link io.millrace.ingest.curation.Deduplication} on
 * one example beside those seen before. Kafka Streams, in {@link
 * io.millrace.ingest.curation.CurationTopology}, keeps their state.
 */
@NullMarked
package io.millrace.ingest.curation;

import org.jspecify.annotations.NullMarked;

/**
 * Windows of curated examples in, adapters with their lineage out.
 *
 * <pre>
 * training.requests ──► cut a window ──► dataset ──► fine-tune ──► artefact store
 *        ▲                  ▲                                          │
 *     trigger        ledger, champion                  one transaction: ledger entry + candidate
 * </pre>
 */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;

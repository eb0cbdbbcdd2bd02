/**
 * What the gate will ask must not be trained on. The suites' questions go in, as files that may
 * change while curation runs; whether an example gives one of them away comes out.
 */
@NullMarked
package io.millrace.ingest.contamination;

import org.jspecify.annotations.NullMarked;

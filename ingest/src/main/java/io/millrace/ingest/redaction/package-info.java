/**
 * Personal data stops at the door: text goes in, the same text with typed placeholders such as
 * {@code <EMAIL_1>} comes out. The gateway and the importer apply it before the first durable
 * topic, and curation once more for those who write to Kafka directly; a second pass changes
 * nothing.
 */
@NullMarked
package io.millrace.ingest.redaction;

import org.jspecify.annotations.NullMarked;

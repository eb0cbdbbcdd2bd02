/**
 * What people say, taken in: {@code gateway} over HTTP, {@code importer} from files, and {@code
 * curation}, which turns it into instructions. {@code redaction} stands in front of every durable
 * topic.
 */
@NullMarked
package io.millrace.ingest;

import org.jspecify.annotations.NullMarked;

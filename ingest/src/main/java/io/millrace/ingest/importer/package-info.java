/**
 * Data sets in: a file of any known {@linkplain io.millrace.ingest.importer.DataFormat format}
 * becomes {@linkplain io.millrace.ingest.importer.LabelledExample labelled examples}, row by row,
 * and each of those a demonstration on its topic, redacted, with an id made from its content so
 * that importing a file twice adds nothing. A row that cannot be used is reported with its line.
 */
@NullMarked
package io.millrace.ingest.importer;

import org.jspecify.annotations.NullMarked;

/** What people say, taken in: gateway, curation and importer. */
@NullMarked
package io.millrace.ingest;

import org.jspecify.annotations.NullMarked;

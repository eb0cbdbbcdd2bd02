/** Windows of curated examples in, adapters with their lineage out. */
@NullMarked
package io.millrace.trainer;

import org.jspecify.annotations.NullMarked;

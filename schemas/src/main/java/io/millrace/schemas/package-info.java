/**
 * The contracts: one record for each event, bound to its JSON Schema file, and the typed catalogue
 * of topics.
 */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;

/**
 * Where a model version comes from. Deployments and the ledger go in; the champion and the windows
 * that made it come out.
 */
@NullMarked
package io.millrace.trainer.lineage;

import org.jspecify.annotations.NullMarked;

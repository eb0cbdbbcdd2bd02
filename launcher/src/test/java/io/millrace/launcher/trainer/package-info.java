/** The trainer on a real broker: requests and curated examples in, ledger and candidates out. */
@NullMarked
package io.millrace.launcher.trainer;

import org.jspecify.annotations.NullMarked;

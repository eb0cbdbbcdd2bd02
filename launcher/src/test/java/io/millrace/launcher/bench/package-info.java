@NullMarked
package io.millrace.launcher.bench;

import org.jspecify.annotations.NullMarked;

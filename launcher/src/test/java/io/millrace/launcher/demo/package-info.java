/** The whole loop, tested on real parts. */
@NullMarked
package io.millrace.launcher.demo;

import org.jspecify.annotations.NullMarked;

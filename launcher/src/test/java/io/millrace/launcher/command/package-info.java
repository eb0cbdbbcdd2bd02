/** What the commands print, over fakes of what they ask. */
@NullMarked
package io.millrace.launcher.command;

import org.jspecify.annotations.NullMarked;

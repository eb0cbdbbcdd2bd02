@org.jspecify.annotations.NullMarked
package io.millrace.launcher.operator;

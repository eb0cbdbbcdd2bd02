/**
 * Holds the files under {@code k8s/} to the code: topics and access rights are generated from the
 * catalogue, and whatever a manifest, rule or dashboard names must be something that the code
 * knows.
 */
@NullMarked
package io.millrace.launcher.k8s;

import org.jspecify.annotations.NullMarked;

package io.millrace.deployer.serving;

import io.millrace.model.Generation;

/**
 * What came back.
 *
 * @param model the exact version that answered, or {@code base}
 */
record Answer(String model, Generation generation) {}

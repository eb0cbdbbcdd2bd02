/** The bridge to PyTorch: DJL's engine, and TorchScript programs written as plain text. */
@NullMarked
package io.millrace.model.torch;

import org.jspecify.annotations.NullMarked;

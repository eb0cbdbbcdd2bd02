package io.millrace.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.time.Duration;

/**
 * How fast this machine multiplies matrices of 1,024 × 1,024 in bfloat16, all threads of the engine
 * together: the ceiling of what a model can do here.
 */
public final class MatrixProducts implements AutoCloseable {

    private static final int SIZE = 1024;
    private static final int AT_ONCE = 4;
    private static final double FLOPS = 2.0 * SIZE * SIZE * SIZE * AT_ONCE;

    private static final String PROGRAM =
            """
              def halve(self: $SELF, x: Tensor) -> Tensor:
                return torch.to(x, 15)
              def multiply(self: $SELF, a: Tensor, b: Tensor) -> Tensor:
                return torch.mm(torch.mm(torch.mm(torch.mm(a, b), b), b), b)
            """
                    .replace("$SELF", Script.SELF);

    private final NDManager manager = Torch.manager();
    private final Script script = Script.compile(manager, PROGRAM);
    private final IValue matrix = Script.tensor(matrix());

    private NDArray matrix() {
        NDArray mean = manager.full(new Shape(SIZE, SIZE), 1f / SIZE);
        try (IValue argument = Script.tensor(mean)) {
            return script.infer(manager, "halve", argument).singletonOrThrow();
        }
    }

    /** Floating-point operations a second, on the average over a while. */
    public double flops(Duration length) {
        long began = System.nanoTime();
        long spent = 0;
        double done = 0;
        while (spent < length.toNanos()) {
            try (NDManager step = manager.newSubManager()) {
                script.infer(step, "multiply", matrix, matrix);
            }
            done += FLOPS;
            spent = System.nanoTime() - began;
        }
        return done * 1e9 / spent;
    }

    @Override
    public void close() {
        matrix.close();
        script.close();
        manager.close();
    }
}

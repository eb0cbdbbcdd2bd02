package io.millrace.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.time.Duration;

/**
 * How fast this machine multiplies matrices in bfloat16, all threads of the engine together: the
 * ceiling of what a model can do here.
 */
public final class MatrixProducts implements AutoCloseable {

    private static final int SIZE = 1024;
    private static final int AT_ONCE = 4;
    private static final double FLOPS = 2.0 * SIZE * SIZE * SIZE * AT_ONCE;

    /** Of a matrix that no cache holds: 128 MiB. */
    private static final int OUTPUTS = 16_384;

    private static final int INPUTS = 4_096;

    private static final String PROGRAM =
            """
              def halve(self: $SELF, x: Tensor) -> Tensor:
                return torch.to(x, 15)
              def multiply(self: $SELF, a: Tensor, b: Tensor) -> Tensor:
                return torch.mm(torch.mm(torch.mm(torch.mm(a, b), b), b), b)
              def pack(self: $SELF, x: Tensor) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(torch.to(x, 15), None)
              def read(self: $SELF, x: Tensor, w: Tensor) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), None)
            """
                    .replace("$SELF", Script.SELF);

    private final NDManager manager = Torch.manager();
    private final Script script = Script.compile(manager, PROGRAM);
    private final IValue square = halved(SIZE, SIZE);
    private final IValue large = packed();

    private IValue halved(int rows, int columns) {
        try (NDArray mean = manager.full(new Shape(rows, columns), 1f / columns);
                IValue argument = Script.tensor(mean)) {
            return script.call("halve", argument);
        }
    }

    private IValue packed() {
        try (NDArray mean = manager.full(new Shape(OUTPUTS, INPUTS), 1f / INPUTS);
                IValue argument = Script.tensor(mean)) {
            return script.call("pack", argument);
        }
    }

    /**
     * Floating-point operations a second on matrices of 1,024 × 1,024, on the average over a while.
     */
    public double flops(Duration length) {
        return FLOPS * perSecond(length, "multiply", square, square);
    }

    /**
     * Weights a second that few rows are multiplied with, on the average over a while: decoding
     * reads all of a model's for every token.
     */
    public double weights(int rows, Duration length) {
        try (IValue x = halved(rows, INPUTS)) {
            return (double) OUTPUTS * INPUTS * perSecond(length, "read", x, large);
        }
    }

    private double perSecond(Duration length, String method, IValue... arguments) {
        long began = System.nanoTime();
        long spent = 0;
        long done = 0;
        while (spent < length.toNanos()) {
            try (NDManager step = manager.newSubManager()) {
                script.infer(step, method, arguments);
            }
            done++;
            spent = System.nanoTime() - began;
        }
        return done * 1e9 / spent;
    }

    @Override
    public void close() {
        large.close();
        square.close();
        script.close();
        manager.close();
    }
}

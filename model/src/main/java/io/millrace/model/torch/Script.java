package io.millrace.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program, written as text and loaded without Python. DJL's own arrays lack bfloat16,
 * fused optimisers and cross-entropy over chosen rows; a program has all of PyTorch, and a whole
 * training step is one call.
 *
 * <p>The archive is what {@code torch.jit.save} writes: a zip of the source, a pickled empty module
 * and a version.
 */
public final class Script implements AutoCloseable {

    /** The type of {@code self} in each method's text. */
    public static final String SELF = "__torch__.Program";

    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private final PtSymbolBlock block;

    private Script(PtSymbolBlock block) {
        this.block = block;
    }

    /**
     * Compiles methods, each {@code " def name(self: " + SELF + ", …) -> …:\n …\n"}.
     *
     * @param manager owns the program
     */
    public static Script compile(NDManager manager, String methods) {
        try {
            byte[] archive = archive(methods);
            return new Script(
                    JniUtils.loadModule(
                            (PtNDManager) manager,
                            new ByteArrayInputStream(archive),
                            false,
                            false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a method under inference mode: its results can't be differentiated, and nothing is kept
     * for a gradient.
     */
    public NDList infer(NDManager manager, String method, IValue... arguments) {
        try (IValue result = call(method, arguments)) {
            return result.toNDList((PtNDManager) manager);
        }
    }

    /**
     * Runs a method under inference mode whose result only another method will read; close it when
     * no more will.
     */
    public IValue call(String method, IValue... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.runMethod(block, method, arguments);
    }

    /**
     * Runs a method that may take gradients; its results belong to {@code manager}.
     *
     * @param arguments each an {@link NDArray} or a list of them
     */
    public NDList run(NDManager manager, String method, Object... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        NDArray tag = manager.create(0f);
        tag.setName("module_method:" + method);
        NDList inputs = new NDList(tag);
        char list = 'a';
        for (Object argument : arguments) {
            if (argument instanceof NDList arrays) {
                // DJL marshals arguments by name: arrays that share a name ending in [] become one
                // list.
                String name = list++ + "[]";
                for (NDArray array : arrays) {
                    array.setName(name);
                    inputs.add(array);
                }
            } else {
                NDArray array = (NDArray) argument;
                array.setName(null);
                inputs.add(array);
            }
        }
        return IValueUtils.forward(block, inputs, true);
    }

    /** A list argument for {@link #infer}; it can be used again until closed. */
    public static IValue list(List<NDArray> arrays) {
        return IValue.listFrom(
                arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    public static IValue tensor(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    private static byte[] archive(String methods) throws IOException {
        String source =
                "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                        + methods;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            store(zip, "data.pkl", emptyModule());
            store(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", NO_CONSTANTS);
            store(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    /** Pickle protocol 2 of {@code Program()} with {@code training = True}. */
    private static byte[] emptyModule() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write("c__torch__\nProgram\n".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'q', 1, (byte) 0x88, 'u', 'b', 'q', 2, '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry("program/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    @Override
    public void close() {
        block.close();
    }
}

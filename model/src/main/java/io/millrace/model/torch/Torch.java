package io.millrace.model.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.millrace.model.config.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * DJL's PyTorch engine, started once and never from the network: its natives come with the class
 * path.
 */
public final class Torch {

    /** The system property that says how many threads the engine starts with; one unless set. */
    public static final String THREADS = "millrace.threads";

    private static @Nullable Engine engine;

    private Torch() {}

    /**
     * A manager whose arrays live until it is closed.
     *
     * @throws ModelException when the engine can't start
     */
    public static NDManager manager() {
        return engine().newBaseManager();
    }

    /** Lets the engine start with a thread a core; without effect once it has started. */
    public static void useAllCores() {
        System.setProperty(THREADS, Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    private static synchronized Engine engine() {
        if (engine == null) {
            engine = start();
        }
        return engine;
    }

    private static Engine start() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            Engine started = Engine.getEngine("PyTorch");
            JniUtils.setNumThreads(Integer.getInteger(THREADS, 1));
            return started;
        } catch (RuntimeException | LinkageError e) {
            throw new ModelException(
                    "the PyTorch engine can't start: "
                            + cause(e)
                            + "; its library is unpacked into ~/.djl.ai, or where DJL_CACHE_DIR"
                            + " says: that needs 500 MB of room",
                    e);
        }
    }

    private static String cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}

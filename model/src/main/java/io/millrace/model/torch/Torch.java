package io.millrace.model.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * DJL's PyTorch engine, started once and never from the network: its natives come with the class
 * path.
 */
public final class Torch {

    private Torch() {}

    private static final class Holder {

        private static final Engine ENGINE = start();

        private static Engine start() {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            Engine engine = Engine.getEngine("PyTorch");
            JniUtils.setNumThreads(Integer.getInteger("millrace.threads", 1));
            return engine;
        }
    }

    /** A manager whose arrays live until it is closed. */
    public static NDManager manager() {
        return Holder.ENGINE.newBaseManager();
    }
}

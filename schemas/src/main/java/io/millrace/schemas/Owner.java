package io.millrace.schemas;

/** A service that may write a topic. */
public enum Owner {
    SERVING,
    GATEWAY,
    IMPORTER,
    CURATION,
    TRIGGER,
    TRAINER,
    EVALUATOR,
    DEPLOYER
}

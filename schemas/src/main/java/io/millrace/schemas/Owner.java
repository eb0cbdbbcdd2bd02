package io.millrace.schemas;

/** A service, or a person's command, that may write a topic. */
public enum Owner {
    SERVING,
    GATEWAY,
    IMPORTER,
    CURATION,
    TRIGGER,
    TRAINER,
    EVALUATOR,
    DEPLOYER,
    OPERATOR
}

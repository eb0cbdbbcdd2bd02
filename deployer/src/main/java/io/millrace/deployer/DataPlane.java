package io.millrace.deployer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.deployer.serving.InteractionLog;
import io.millrace.deployer.serving.LanguageModelBackend;
import io.millrace.deployer.serving.LiveModels;
import io.millrace.deployer.serving.ServingMetrics;
import io.millrace.deployer.serving.ServingServer;
import io.millrace.deployer.serving.ServingServer.Limits;
import io.millrace.model.artefact.ArtefactException;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.config.ModelException;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Topics;
import java.util.function.UnaryOperator;

/** The half that answers applications: models in memory, the HTTP endpoint, interactions out. */
final class DataPlane implements AutoCloseable {

    private static final String SPEAKER = "serving";
    private static final int QUEUE_LIMIT = 256;
    private static final int BUFFERED_INTERACTIONS = 10_000;

    private final LiveModels models;
    private final EventProducer producer;
    private final InteractionLog interactions;
    private final ServingServer server;

    private DataPlane(
            LiveModels models,
            EventProducer producer,
            InteractionLog interactions,
            ServingServer server) {
        this.models = models;
        this.producer = producer;
        this.interactions = interactions;
        this.server = server;
    }

    /**
     * Opens the base model and starts listening; no model is live yet.
     *
     * @param redaction of what was said, before it is written
     * @throws MillraceException when the model can't be opened or the port is taken
     */
    static DataPlane open(
            DeployerConfig config,
            KafkaSettings kafka,
            UnaryOperator<Interaction> redaction,
            MeterRegistry meters) {
        ServingMetrics metrics = new ServingMetrics(meters);
        LanguageModelBackend backend;
        LiveModels models;
        try {
            ArtefactStore artefacts = new ArtefactStore(config.artefacts());
            backend = LanguageModelBackend.open(config.baseModel());
            models = new LiveModels(backend, artefacts);
        } catch (ModelException | ArtefactException e) {
            throw new MillraceException(String.valueOf(e.getMessage()), e);
        }
        EventProducer producer = new EventProducer(kafka, SPEAKER);
        producer.bindTo(meters);
        InteractionLog interactions =
                new InteractionLog(
                        interaction ->
                                producer.send(Topics.INTERACTIONS, redaction.apply(interaction)),
                        BUFFERED_INTERACTIONS,
                        metrics.droppedInteractions());
        Limits limits =
                new Limits(
                        config.host(),
                        config.port(),
                        config.maxTokens(),
                        Runtime.getRuntime().availableProcessors(),
                        QUEUE_LIMIT);
        try {
            ServingServer server =
                    ServingServer.start(limits, backend, models, interactions, metrics);
            return new DataPlane(models, producer, interactions, server);
        } catch (RuntimeException e) {
            interactions.close();
            producer.close();
            models.close();
            throw e;
        }
    }

    LiveModels models() {
        return models;
    }

    int port() {
        return server.port();
    }

    /** Requests end first, then what they left to write, then the models. */
    @Override
    public void close() {
        server.close();
        interactions.close();
        producer.close();
        models.close();
    }
}

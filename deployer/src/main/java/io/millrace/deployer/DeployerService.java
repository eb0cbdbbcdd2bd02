package io.millrace.deployer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.deployer.target.EmbeddedTarget;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Service;
import io.millrace.schemas.Interaction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The deployer as a service: one base model, the endpoint around it, and the rollouts that change
 * what stands behind the alias. The endpoint listens from {@link #start} on and answers 503 until
 * everything is replayed and the live version is back.
 */
public final class DeployerService implements Service {

    private static final String NAME = "deployer";

    private final DeployerConfig config;
    private final KafkaSettings kafka;
    private final UnaryOperator<Interaction> redaction;
    private final MeterRegistry meters;
    private volatile @Nullable DataPlane dataPlane;
    private volatile @Nullable ControlPlane controlPlane;

    /**
     * @param redaction of each interaction, before it is written
     */
    public DeployerService(
            DeployerConfig config,
            KafkaSettings kafka,
            UnaryOperator<Interaction> redaction,
            MeterRegistry meters) {
        this.config = config;
        this.kafka = kafka;
        this.redaction = redaction;
        this.meters = meters;
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Opens the base model, listens, and starts replaying.
     *
     * @throws io.millrace.runtime.MillraceException when the model, the port or Kafka can't be had
     */
    @Override
    public synchronized void start() {
        DataPlane data = DataPlane.open(config, kafka, redaction, meters);
        dataPlane = data;
        try {
            ControlPlane control =
                    new ControlPlane(NAME, kafka, new EmbeddedTarget(data.models()), meters);
            controlPlane = control;
            control.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The port that applications ask; only after {@link #start}. */
    public int port() {
        DataPlane data = dataPlane;
        if (data == null) {
            throw new IllegalStateException("the deployer is not started");
        }
        return data.port();
    }

    @Override
    public boolean live() {
        ControlPlane control = controlPlane;
        return control != null && control.live();
    }

    @Override
    public boolean ready() {
        ControlPlane control = controlPlane;
        return control != null && control.ready();
    }

    /** Rollouts end first, so that nothing is loaded while the models go. */
    @Override
    public synchronized void close() {
        ControlPlane control = controlPlane;
        if (control != null) {
            controlPlane = null;
            control.close();
        }
        DataPlane data = dataPlane;
        if (data != null) {
            dataPlane = null;
            data.close();
        }
    }
}

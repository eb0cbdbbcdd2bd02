package io.millrace.deployer.target;

import io.millrace.deployer.rollout.Attempt;
import io.millrace.deployer.rollout.Attempt.Failed;
import io.millrace.deployer.rollout.Attempt.Succeeded;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.serving.Lease;
import io.millrace.deployer.serving.LiveModels;
import io.millrace.model.GenerationOptions;
import io.millrace.model.artefact.ArtefactException;
import io.millrace.model.config.ModelException;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves from this very process. */
public final class EmbeddedTarget implements ServingTarget {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedTarget.class);
    private static final List<Message> SMOKE_PROMPT =
            List.of(Message.user("Hello, can you help me with my order?"));
    private static final GenerationOptions SMOKE_OPTIONS = GenerationOptions.greedy(8);

    private final LiveModels models;

    public EmbeddedTarget(LiveModels models) {
        this.models = models;
    }

    @Override
    public Sha256 baseDigest() {
        return models.baseDigest();
    }

    @Override
    public Attempt load(Cleared adapter) {
        try {
            models.load(adapter);
            return new Succeeded();
        } catch (ArtefactException | ModelException e) {
            return new Failed("it can't be loaded: " + e.getMessage());
        }
    }

    /**
     * Whatever stops the new version from answering is a reason to keep it out, not to stop
     * serving.
     */
    @Override
    public Attempt smokeTest(ModelVersion version) {
        try (Lease lease = models.acquire(version.value()).orElseThrow()) {
            lease.respond(SMOKE_PROMPT, SMOKE_OPTIONS);
            return new Succeeded();
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("smoke test failed")
                    .addKeyValue("version", version)
                    .setCause(e)
                    .log();
            models.unload(version);
            return new Failed("it can't answer the smoke test's prompt: " + e.getMessage());
        }
    }

    @Override
    public Attempt flip(ModelVersion version) {
        models.flip(version);
        return new Succeeded();
    }

    @Override
    public void startWithBase() {
        models.startWithBase();
    }

    @Override
    public Optional<ModelVersion> live() {
        return models.live();
    }
}

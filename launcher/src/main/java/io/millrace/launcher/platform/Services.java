package io.millrace.launcher.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.deployer.DeployerConfig;
import io.millrace.deployer.DeployerService;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorProgress;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.evaluator.ModelExaminees;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.gateway.GatewayConfig;
import io.millrace.ingest.gateway.GatewayFile;
import io.millrace.ingest.gateway.GatewayService;
import io.millrace.ingest.gateway.GatewaySettings;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.ingest.redaction.RedactionFile;
import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Service;
import io.millrace.trainer.TrainerService;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.training.LoraBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the services from one configuration. Trainer and evaluator share the base model, which is
 * opened when the first of them needs it.
 */
final class Services implements AutoCloseable {

    private final PlatformConfig config;
    private final Consumer<EvaluatorProgress> examination;
    private @Nullable LanguageModel base;

    Services(PlatformConfig config, Consumer<EvaluatorProgress> examination) {
        this.config = config;
        this.examination = examination;
    }

    /** Opens what these services need: what can't be opened shows before anything runs. */
    void prepare(List<ServiceKind> kinds) {
        if (kinds.contains(ServiceKind.GATEWAY)) {
            gatewayConfig();
        }
        if (kinds.contains(ServiceKind.TRAINER) || kinds.contains(ServiceKind.EVALUATOR)) {
            base();
        }
    }

    Service create(ServiceKind kind, KafkaSettings kafka, MeterRegistry meters) {
        return switch (kind) {
            case GATEWAY -> gateway(kafka, meters);
            case CURATION -> curation(kafka, meters);
            case TRAINER -> trainer(kafka, meters);
            case EVALUATOR -> evaluator(kafka, meters);
            case DEPLOYER -> deployer(kafka, meters);
        };
    }

    private Service gateway(KafkaSettings kafka, MeterRegistry meters) {
        return new GatewayService(kafka, gatewayConfig(), meters);
    }

    private GatewayConfig gatewayConfig() {
        Path file = config.gatewayFile();
        GatewaySettings settings =
                Files.exists(file) ? GatewayFile.read(file) : GatewaySettings.STANDARD;
        return GatewayConfig.on(
                        config.ports().host(),
                        config.ports().gateway(),
                        config.behindProxy() ? settings.behindProxy() : settings)
                .with(redaction());
    }

    private Redaction redaction() {
        return new Redaction(RedactionFile.readIfThere(config.redactionFile()));
    }

    private Service curation(KafkaSettings kafka, MeterRegistry meters) {
        Path state = config.dataDirectory().resolve("streams");
        return new CurationService(
                kafka,
                CurationConfig.in(state).with(config.loop().curation()),
                new SuiteWatch(
                        LoopConfig.suites(config.dataDirectory()), Clock.systemUTC(), meters),
                redaction(),
                meters);
    }

    private Service trainer(KafkaSettings kafka, MeterRegistry meters) {
        LoopConfig loop = config.loop();
        return new TrainerService(
                new TrainerSettings(kafka, loop.training(), loop.trigger()),
                new LoraBase(base()),
                new ArtefactStore(artefacts()),
                meters,
                Clock.systemUTC());
    }

    private Service evaluator(KafkaSettings kafka, MeterRegistry meters) {
        LoopConfig loop = config.loop();
        return new EvaluatorService(
                new EvaluatorConfig(config.dataDirectory(), loop.gate(), loop.suites()),
                kafka,
                new ModelExaminees(base(), new ArtefactStore(artefacts()), loop.maxTokens()),
                meters,
                examination);
    }

    private Service deployer(KafkaSettings kafka, MeterRegistry meters) {
        return new DeployerService(
                new DeployerConfig(
                        config.baseModel(),
                        artefacts(),
                        config.ports().host(),
                        config.ports().serving(),
                        config.loop().maxTokens()),
                kafka,
                redaction()::of,
                meters);
    }

    private Path artefacts() {
        return config.dataDirectory().resolve("artefacts");
    }

    private LanguageModel base() {
        LanguageModel opened = base;
        if (opened == null) {
            opened = LanguageModel.open(config.baseModel());
            base = opened;
        }
        return opened;
    }

    /** Only after the services that were made here are closed. */
    @Override
    public void close() {
        if (base != null) {
            base.close();
        }
    }
}

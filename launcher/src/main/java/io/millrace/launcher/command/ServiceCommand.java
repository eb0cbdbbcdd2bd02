package io.millrace.launcher.command;

import io.millrace.launcher.platform.KafkaChoice;
import io.millrace.launcher.platform.LoopConfig;
import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PlatformConfig;
import io.millrace.launcher.platform.Ports;
import io.millrace.launcher.platform.ServiceKind;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one service, as a container does. It logs on the console and stops on a signal. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class ServiceCommand implements Callable<Integer> {

    private final ServiceKind kind;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            required = true,
            description = "the Kafka that all services share")
    private String bootstrapServers = "";

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "what the names of topics begin with (default: ${DEFAULT-VALUE})")
    private String topicPrefix = Topics.DEFAULT_PREFIX;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "where artefacts, reports, suites, gate-policy.yaml and curation.yaml lie, which services"
                            + " share, gateway.yaml, and curation's state (default: ${DEFAULT-VALUE})")
    private Path dataDirectory = Path.of(".millrace");

    @Mixin private ModelOption model = new ModelOption();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "what to listen on (default: ${DEFAULT-VALUE}, this machine alone)")
    private String host = Ports.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "for people and applications: of the gateway (default: 8080) or the deployer (default: 8081)")
    private @Nullable Integer port;

    @Option(
            names = "--internal-port",
            paramLabel = "PORT",
            description = "for health and metrics (default: ${DEFAULT-VALUE})")
    private int internalPort = Ports.INTERNAL;

    @Option(
            names = "--behind-proxy",
            description =
                    "a proxy in front of the gateway checks callers, so it may listen beyond this machine"
                            + " without keys in gateway.yaml")
    private boolean behindProxy;

    ServiceCommand(ServiceKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() {
        Logging.onConsole();
        try (Running running = new Running(Platform.startOne(config(), kind))) {
            return running.untilStopped();
        }
    }

    private PlatformConfig config() {
        return new PlatformConfig(
                dataDirectory,
                new KafkaChoice.External(bootstrapServers),
                topicPrefix,
                model.directory(),
                new Ports(
                        host,
                        0,
                        port == null ? Ports.GATEWAY : port,
                        port == null ? Ports.SERVING : port,
                        internalPort),
                LoopConfig.in(dataDirectory),
                behindProxy);
    }
}

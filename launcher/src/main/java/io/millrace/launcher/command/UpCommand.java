package io.millrace.launcher.command;

import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.platform.LoopConfig;
import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PlatformConfig;
import io.millrace.launcher.platform.Ports;
import io.millrace.launcher.platform.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs every service, and Kafka too, until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs everything in this process until Ctrl-C.",
        footerHeading = CurationHelp.HEADING,
        footer = CurationHelp.STANDARD)
final class UpCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private ModelOption model = new ModelOption();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "what to listen on (default: ${DEFAULT-VALUE}, this machine alone)")
    private String host = Ports.LOOPBACK;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "of the embedded Kafka (default: a free one, the same each time)")
    private int brokerPort;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            description =
                    "for feedback, corrections and demonstrations (default: ${DEFAULT-VALUE})")
    private int gatewayPort = Ports.GATEWAY;

    @Option(
            names = "--serving-port",
            paramLabel = "PORT",
            description = "for applications that ask the model (default: ${DEFAULT-VALUE})")
    private int servingPort = Ports.SERVING;

    @Option(
            names = "--internal-port",
            paramLabel = "PORT",
            description = "the first of five for health and metrics (default: ${DEFAULT-VALUE})")
    private int internalPort = Ports.INTERNAL;

    @Option(
            names = "--behind-proxy",
            description =
                    "a proxy in front of the gateway checks callers, so it may listen beyond this machine"
                            + " without keys in gateway.yaml")
    private boolean behindProxy;

    /** What is up, and where. */
    record Addresses(
            String kafka,
            URI gateway,
            String gatewayCallers,
            URI serving,
            Map<ServiceKind, URI> internal,
            String data,
            String prometheus) {}

    @Override
    public Integer call() {
        PlatformConfig config = config();
        Logging.into(DataDirectory.open(options.dataDirectory()));
        try (Running running = new Running(Platform.start(config))) {
            Platform platform = running.platform();
            platform.awaitReady(PATIENCE);
            Addresses addresses =
                    new Addresses(
                            platform.kafka().bootstrapServers(),
                            platform.gateway(),
                            platform.gatewayCallers(),
                            platform.serving(),
                            platform.internal(),
                            options.dataDirectory().toString(),
                            Home.prometheusFile(platform).toString());
            answer.print(addresses, text(addresses));
            return running.untilStopped();
        }
    }

    private PlatformConfig config() {
        return new PlatformConfig(
                options.dataDirectory(),
                options.kafka(),
                options.topicPrefix(),
                model.directory(),
                new Ports(host, brokerPort, gatewayPort, servingPort, internalPort),
                LoopConfig.in(options.dataDirectory()),
                behindProxy);
    }

    private static String text(Addresses up) {
        StringBuilder text = new StringBuilder();
        text.append("Millrace is up, its data in %s. Ctrl-C stops it.%n".formatted(up.data()));
        text.append("  kafka     %s%n".formatted(up.kafka()));
        text.append("  ask       %s/v1/chat/completions%n".formatted(up.serving()));
        text.append(
                "  tell      %s/v1/feedback, /v1/corrections, /v1/demonstrations%n            (%s)%n"
                        .formatted(up.gateway(), up.gatewayCallers()));
        up.internal()
                .forEach((kind, uri) ->
                        text.append(
                                "  %-9s %s/metrics, /health/live, /health/ready%n"
                                        .formatted(kind.label(), uri)));
        text.append("  watch     prometheus --config.file=%s%n".formatted(up.prometheus()));
        return text.toString();
    }
}

package io.millrace.launcher.platform;

import io.millrace.deployer.DeployerService;
import io.millrace.evaluator.EvaluatorProgress;
import io.millrace.ingest.gateway.GatewayService;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.Service;
import io.millrace.runtime.TopicAdmin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A running Millrace, all of it or one service. Closing it stops what takes data in first, then
 * what works on it, Kafka last.
 */
public final class Platform implements AutoCloseable {

    /** Those that are replayed come up before those that give them work. */
    private static final List<ServiceKind> START_ORDER =
            List.of(
                    ServiceKind.CURATION,
                    ServiceKind.DEPLOYER,
                    ServiceKind.EVALUATOR,
                    ServiceKind.TRAINER,
                    ServiceKind.GATEWAY);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final PlatformConfig config;
    private final KafkaSettings kafka;
    private final Map<ServiceKind, RunningService> running;
    private final Opened opened;

    private Platform(
            PlatformConfig config,
            KafkaSettings kafka,
            Map<ServiceKind, RunningService> running,
            Opened opened) {
        this.config = config;
        this.kafka = kafka;
        this.running = running;
        this.opened = opened;
    }

    /**
     * Starts Kafka where it is ours, creates the topics and starts every service. They are live
     * when this returns; {@link #awaitReady} waits until they are ready too.
     *
     * @throws MillraceException when anything does not start; nothing is left running then
     */
    public static Platform start(PlatformConfig config) {
        return start(config, progress -> {});
    }

    /** The same, and hears how far examinations are, on the evaluator's thread. */
    public static Platform start(PlatformConfig config, Consumer<EvaluatorProgress> examination) {
        DataDirectory.open(config.dataDirectory());
        return start(config, START_ORDER, config.ports()::internalOf, examination);
    }

    /**
     * Starts one service alone, its internal server on the first internal port. It has only its own
     * rights, so the topics must be there.
     */
    public static Platform startOne(PlatformConfig config, ServiceKind kind) {
        return start(config, List.of(kind), any -> config.ports().internal(), progress -> {});
    }

    private static Platform start(
            PlatformConfig config,
            List<ServiceKind> kinds,
            ToIntFunction<ServiceKind> internalPort,
            Consumer<EvaluatorProgress> examination) {
        Opened opened = new Opened();
        try {
            Services services = opened.add(new Services(config, examination));
            services.prepare(kinds);
            KafkaSettings kafka = opened.add(KafkaAccess.forPlatform(config)).settings();
            if (kinds.size() > 1) {
                TopicAdmin.create(kafka);
            }
            Map<ServiceKind, RunningService> running = new EnumMap<>(ServiceKind.class);
            for (ServiceKind kind : kinds) {
                running.put(
                        kind,
                        opened.add(
                                RunningService.start(
                                        services,
                                        kafka,
                                        kind,
                                        config.ports().host(),
                                        internalPort.applyAsInt(kind))));
            }
            return new Platform(config, kafka, running, opened);
        } catch (RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    public PlatformConfig config() {
        return config;
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    /** Where feedback, corrections and demonstrations go. */
    public URI gateway() {
        return uri(((GatewayService) service(ServiceKind.GATEWAY)).port());
    }

    /** Who may write there, as a person reads it. */
    public String gatewayCallers() {
        return ((GatewayService) service(ServiceKind.GATEWAY)).callers();
    }

    /** Where applications ask, such as {@code /v1/chat/completions} below it. */
    public URI serving() {
        return uri(((DeployerService) service(ServiceKind.DEPLOYER)).port());
    }

    /** Where each service tells of its health and metrics. */
    public Map<ServiceKind, URI> internal() {
        Map<ServiceKind, URI> addresses = new EnumMap<>(ServiceKind.class);
        running.forEach((kind, service) -> addresses.put(kind, service.internal()));
        return addresses;
    }

    /** A service that has died, if any. */
    public Optional<String> dead() {
        return running.values().stream()
                .map(RunningService::service)
                .filter(service -> !service.live())
                .map(Service::name)
                .findFirst();
    }

    /**
     * Waits until every service is ready.
     *
     * @throws MillraceException when one died, or time ran out
     */
    public void awaitReady(Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        for (RunningService each : running.values()) {
            Service service = each.service();
            while (!service.ready()) {
                if (!service.live() || Instant.now().isAfter(deadline)) {
                    throw new MillraceException(
                            "the %s is not ready: its log, %s, says more"
                                    .formatted(
                                            service.name(),
                                            config.dataDirectory().resolve("logs")));
                }
                LockSupport.parkNanos(GLANCE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        opened.close();
    }

    private Service service(ServiceKind kind) {
        RunningService service = running.get(kind);
        if (service == null) {
            throw new IllegalStateException("the %s does not run here".formatted(kind.label()));
        }
        return service.service();
    }

    private URI uri(int port) {
        return URI.create("http://%s:%d".formatted(config.ports().host(), port));
    }
}

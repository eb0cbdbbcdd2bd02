package io.millrace.ingest.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.ingest.EventSink;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Listening;
import io.millrace.runtime.Service;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the {@linkplain io.millrace.ingest.gateway gateway}. */
public final class GatewayService implements Service {

    private static final String NAME = "gateway";
    private static final Logger log = LoggerFactory.getLogger(GatewayService.class);

    private final GatewayConfig config;
    private final AutoCloseable kafka;
    private final WebServer server;

    public GatewayService(KafkaSettings settings, GatewayConfig config, MeterRegistry registry) {
        EventProducer producer = new EventProducer(settings, NAME);
        producer.bindTo(registry);
        this(config, producer::send, producer, registry, Clock.systemUTC());
    }

    GatewayService(
            GatewayConfig config,
            EventSink sink,
            AutoCloseable kafka,
            MeterRegistry registry,
            Clock clock) {
        this.config = config;
        this.kafka = kafka;
        EventIntake intake = new EventIntake(clock, () -> UUID.randomUUID().toString());
        EventMeter meter = new EventMeter(registry);
        server =
                WebServer.builder()
                        .host(config.host())
                        .port(config.port())
                        .shutdownHook(false)
                        .routing(routes -> {
                            Endpoint.all()
                                    .forEach(endpoint ->
                                            routes.post(
                                                    endpoint.path(),
                                                    new EndpointHandler<>(
                                                            endpoint, config, intake, sink,
                                                            meter)));
                            refuseTheRest(routes);
                        })
                        .build();
    }

    private static void refuseTheRest(HttpRouting.Builder routes) {
        for (Endpoint<?> endpoint : Endpoint.all()) {
            routes.any(
                    endpoint.path(),
                    (request, response) -> {
                        response.header(HeaderNames.ALLOW, "POST");
                        refuse(
                                response,
                                Problem.of(
                                        Status.METHOD_NOT_ALLOWED_405,
                                        "only POST is answered here"));
                    });
        }
        routes.any((request, response) ->
                refuse(response, Problem.of(Status.NOT_FOUND_404, "nothing is here")));
        routes.error(
                RefusedException.class, (request, response, e) -> refuse(response, e.problem()));
        routes.error(RuntimeException.class, GatewayService::fail);
    }

    private static void refuse(ServerResponse response, Problem problem) {
        if (problem.status() == Status.SERVICE_UNAVAILABLE_503_CODE) {
            response.header(HeaderNames.RETRY_AFTER, "1");
        }
        response.status(Status.create(problem.status()))
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .send(problem.json());
    }

    private static void fail(ServerRequest request, ServerResponse response, RuntimeException e) {
        log.error("a request failed", e);
        refuse(
                response,
                Problem.of(
                        Status.INTERNAL_SERVER_ERROR_500, "the gateway failed; its log says more"));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Listens.
     *
     * @throws io.millrace.runtime.MillraceException when the port is taken
     */
    @Override
    public void start() {
        Listening.start(server, NAME, config.port());
    }

    /** Where it listens, once started. */
    public int port() {
        return server.port();
    }

    @Override
    public boolean live() {
        return server.isRunning();
    }

    @Override
    public boolean ready() {
        return server.isRunning();
    }

    @Override
    public void close() {
        server.stop();
        try {
            kafka.close();
        } catch (Exception e) {
            log.warn("the gateway's producer did not close", e);
        }
    }
}

package io.millrace.ingest.gateway;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.ingest.gateway.EndpointHandler.Counter;
import io.millrace.ingest.gateway.access.Access;
import io.millrace.ingest.gateway.access.Guard;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Listening;
import io.millrace.runtime.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the {@linkplain io.millrace.ingest.gateway gateway}. */
public final class GatewayService implements Service {

    private static final String NAME = "gateway";
    private static final Logger log = LoggerFactory.getLogger(GatewayService.class);

    private static final HeaderName ACCEPT_POST = HeaderNames.create("Accept-Post");

    /** For answers to requests with an Idempotency-Key. */
    private static final long REPLIES_BYTES = 16L << 20;

    private final GatewayConfig config;
    private final AutoCloseable kafka;
    private final WebServer server;

    public GatewayService(KafkaSettings settings, GatewayConfig config, MeterRegistry registry) {
        EventProducer producer = new EventProducer(settings, NAME);
        producer.bindTo(registry);
        this(config, new KafkaOutlet(producer), producer, registry, Clock.systemUTC());
    }

    GatewayService(
            GatewayConfig config,
            Outlet outlet,
            AutoCloseable kafka,
            MeterRegistry registry,
            Clock clock) {
        this.config = config;
        this.kafka = kafka;
        List<Route> routes = routes(config, outlet, registry, clock);
        server =
                WebServer.builder()
                        .host(config.host())
                        .port(config.port())
                        .shutdownHook(false)
                        .directHandlers(noRequest())
                        .routing(routing -> {
                            routes.forEach(route -> route.register(routing));
                            refuseTheRest(routing, routes);
                        })
                        .build();
    }

    /** All that is answered here with anything but a refusal. */
    static List<Route> routes(
            GatewayConfig config, Outlet outlet, MeterRegistry registry, Clock clock) {
        GatewaySettings settings = config.settings();
        RateLimit limit = settings.rateLimit();
        Door door =
                new Door(
                        Guard.of(settings.access(), clock),
                        limit == null ? null : new RateLimiter(limit, clock));
        Counter counter =
                new Counter(
                        new EventIntake(outlet, config.redaction(), clock),
                        new Delivery(config.ackTimeout()),
                        new Replies(clock, REPLIES_BYTES));
        Bodies bodies = new Bodies(settings.limits());
        EventMeter meter = new EventMeter(registry);
        List<Route> routes = new ArrayList<>(OpenApi.routes());
        for (Endpoint<?> endpoint : Endpoint.all()) {
            routes.add(
                    new Route(
                            Method.POST,
                            endpoint.path(),
                            new EndpointHandler(endpoint, door, bodies, counter, meter)));
        }
        return routes;
    }

    /** Problems for what Helidon refuses before it is routed. */
    private static DirectHandlers noRequest() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    event,
                    (request, type, status, headers, message) ->
                            DirectHandler.TransportResponse.builder()
                                    .status(status)
                                    .headers(headers)
                                    .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                                    .entity(
                                            Problem.of(status, "this is no request that HTTP knows")
                                                    .json())
                                    .build());
        }
        return handlers.build();
    }

    private static void refuseTheRest(HttpRouting.Builder routing, List<Route> routes) {
        for (Route route : routes) {
            routing.any(
                    route.path(),
                    (request, response) -> {
                        response.header(HeaderNames.ALLOW, route.method().text());
                        refuse(
                                response,
                                Problem.of(
                                        Status.METHOD_NOT_ALLOWED_405,
                                        "only %s is answered here"
                                                .formatted(route.method().text())));
                    });
        }
        routing.any((request, response) ->
                refuse(response, Problem.of(Status.NOT_FOUND_404, "nothing is here")));
        routing.error(RefusedException.class, (request, response, e) -> refuse(response, e));
        routing.error(RuntimeException.class, GatewayService::fail);
    }

    private static void refuse(ServerResponse response, RefusedException e) {
        Duration wait = e.retryAfter();
        if (wait != null) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
        }
        if (e.problem().status() == Status.UNAUTHORIZED_401_CODE) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (e.problem().status() == Status.UNSUPPORTED_MEDIA_TYPE_415_CODE) {
            response.header(ACCEPT_POST, MediaType.all());
        }
        refuse(response, e.problem());
    }

    private static void refuse(ServerResponse response, Problem problem) {
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
        log.atInfo().setMessage("the gateway listens").addKeyValue("callers", callers()).log();
    }

    /** Who may write, as a person reads it. */
    public String callers() {
        return switch (config.settings().access()) {
            case Access.Open _ -> "open to this machine only: gateway.yaml names no key";
            case Access.BehindProxy _ -> "open to whomever the proxy lets through";
            case Access.Guarded _ -> "for callers with a key or a token";
        };
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

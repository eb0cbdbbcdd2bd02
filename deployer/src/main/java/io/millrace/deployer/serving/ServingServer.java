package io.millrace.deployer.serving;

import io.helidon.webserver.WebServer;
import io.millrace.runtime.Listening;
import io.millrace.runtime.MillraceException;
import java.time.Clock;

/** The data plane's HTTP server; it owns the workers, not the models. */
public final class ServingServer implements AutoCloseable {

    private final WebServer server;
    private final Workers workers;

    private ServingServer(WebServer server, Workers workers) {
        this.server = server;
        this.workers = workers;
    }

    /**
     * What serving may take on.
     *
     * @param host the address to bind
     * @param port 0 for any free one
     * @param maxTokens longest answer where a request names none
     * @param concurrency answers at the same time
     * @param queueLimit requests that may wait for a turn
     */
    public record Limits(String host, int port, int maxTokens, int concurrency, int queueLimit) {}

    /**
     * Starts listening; until the alias points at a model, requests for it get a 503.
     *
     * @throws MillraceException when the port is taken
     */
    public static ServingServer start(
            Limits limits,
            Backend backend,
            LiveModels models,
            InteractionLog interactions,
            ServingMetrics metrics) {
        Workers workers = new Workers(limits.concurrency(), limits.queueLimit());
        Answers answers = new Answers(models, backend, workers, limits.maxTokens());
        ChatEndpoint endpoint =
                new ChatEndpoint(answers, models, interactions, metrics, Clock.systemUTC());
        WebServer server =
                WebServer.builder()
                        .host(limits.host())
                        .port(limits.port())
                        .shutdownHook(false)
                        .routing(routes -> routes.register(endpoint))
                        .build();
        try {
            Listening.start(server, "serving endpoint", limits.port());
        } catch (MillraceException e) {
            workers.close();
            throw e;
        }
        return new ServingServer(server, workers);
    }

    public int port() {
        return server.port();
    }

    /** Stops listening and finishes what was taken on. */
    @Override
    public void close() {
        server.stop();
        workers.close();
    }
}

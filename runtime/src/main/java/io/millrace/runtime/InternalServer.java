package io.millrace.runtime;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/**
 * What operators ask of a service, on a port of its own: {@code /health/live} and {@code
 * /health/ready} answer 200 or 503, {@code /metrics} the Prometheus text format.
 */
public final class InternalServer implements AutoCloseable {

    private final WebServer server;

    private InternalServer(WebServer server) {
        this.server = server;
    }

    /**
     * Serves.
     *
     * @param host the address to bind, such as {@code 0.0.0.0} for every one of this machine's
     * @param port 0 for any free one
     * @throws MillraceException when the port is taken
     */
    public static InternalServer start(Service service, Metrics metrics, String host, int port) {
        WebServer server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .routing(routes ->
                                routes.get("/health/live", (q, r) -> health(r, service::live))
                                        .get("/health/ready", (q, r) -> health(r, service::ready))
                                        .get("/metrics", (q, r) -> scrape(r, metrics)))
                        .build();
        Listening.start(server, service.name(), port);
        return new InternalServer(server);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void health(ServerResponse response, BooleanSupplier well) {
        boolean up = well.getAsBoolean();
        response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }

    private static void scrape(ServerResponse response, Metrics metrics) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .send(metrics.scrape());
    }
}

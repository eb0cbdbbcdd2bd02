package io.millrace.launcher.platform;

import io.millrace.runtime.InternalServer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Metrics;
import io.millrace.runtime.Service;
import java.net.URI;

/** A started service with its meters and its internal server. */
final class RunningService implements AutoCloseable {

    private final Service service;
    private final String host;
    private final InternalServer server;
    private final Opened opened;

    private RunningService(Service service, String host, InternalServer server, Opened opened) {
        this.service = service;
        this.host = host;
        this.server = server;
        this.opened = opened;
    }

    /** Starts one; its health is told from the first moment, so that who waits for it can watch. */
    static RunningService start(
            Services services,
            KafkaSettings kafka,
            ServiceKind kind,
            String host,
            int internalPort) {
        Opened opened = new Opened();
        try {
            Metrics metrics = opened.add(new Metrics(kind.label()));
            Service service = opened.add(services.create(kind, kafka, metrics.registry()));
            InternalServer server =
                    opened.add(InternalServer.start(service, metrics, host, internalPort));
            service.start();
            return new RunningService(service, host, server, opened);
        } catch (RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    Service service() {
        return service;
    }

    /** Where {@code /health/live}, {@code /health/ready} and {@code /metrics} are. */
    URI internal() {
        return URI.create("http://%s:%d".formatted(host, server.port()));
    }

    @Override
    public void close() {
        opened.close();
    }
}

package io.millrace.runtime;

import io.helidon.webserver.WebServer;

/** Starts HTTP servers so that a port which can't be had is a failure: Helidon only logs it. */
public final class Listening {

    private Listening() {}

    /**
     * Starts a server; when this returns, it listens.
     *
     * @param service whose server it is, for the message
     * @param port as configured
     * @throws MillraceException when the port is taken
     */
    public static void start(WebServer server, String service, int port) {
        server.start();
        if (!server.isRunning()) {
            throw new MillraceException(
                    "the %s cannot listen on port %d, which is in use: stop the program that listens there or choose another port"
                            .formatted(service, port));
        }
    }
}

package io.millrace.ingest.gateway;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;

/** A path of the gateway that is answered. */
record Route(Method method, String path, Handler handler) {

    void register(HttpRouting.Builder routing) {
        routing.route(method, path, handler);
    }
}

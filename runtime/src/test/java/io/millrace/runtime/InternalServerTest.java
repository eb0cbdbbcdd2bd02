package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InternalServerTest {

    private final SwitchedService service = new SwitchedService();
    private final Metrics metrics = new Metrics("trainer");
    private final InternalServer server = InternalServer.start(service, metrics, "localhost", 0);

    private static final class SwitchedService implements Service {

        private volatile boolean live = true;
        private volatile boolean ready;

        @Override
        public String name() {
            return "trainer";
        }

        @Override
        public void start() {}

        @Override
        public boolean live() {
            return live;
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    @Test
    void aServiceThatStillReplaysIsLiveButNotReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aServiceThatDiedIsNotLive() throws Exception {
        service.live = false;
        service.ready = true;

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsNameTheServiceOnEveryLineAndTheJvmIsAmongThem() throws Exception {
        metrics.registry().counter("millrace.trainer.windows", "outcome", "empty").increment();

        HttpResponse<String> scraped = get("/metrics");

        assertThat(scraped.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(scraped.body())
                .contains(
                        "millrace_trainer_windows_total{outcome=\"empty\",service=\"trainer\"} 1.0")
                .contains("jvm_memory_used_bytes");
        assertThat(scraped.body().lines().filter(line -> !line.startsWith("#")))
                .allSatisfy(line -> assertThat(line).contains("service=\"trainer\""));
    }

    @Test
    void aPortInUseIsNamedWithTheService() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            assertThatThrownBy(() ->
                            InternalServer.start(
                                    service, metrics, "localhost", other.getLocalPort()))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining(
                            "the trainer cannot listen on port %d", other.getLocalPort());
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}

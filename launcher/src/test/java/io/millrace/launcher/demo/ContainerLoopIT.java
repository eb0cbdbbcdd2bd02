package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.launcher.platform.KafkaChoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * On Kafka's own image, where a container engine is. With {@code MILLRACE_CONTAINERS=required} in
 * the environment, as in CI, a missing engine is a failure.
 */
@SuppressWarnings("NullAway.Init") // made before each test
class ContainerLoopIT extends LoopScenario {

    private KafkaContainer container;

    @BeforeAll
    static void anEngineIsThere() {
        boolean engine = DockerClientFactory.instance().isDockerAvailable();
        System.out.println(
                engine
                        ? "container engine: yes, the loop runs on Kafka in a container too"
                        : "container engine: NO, the loop does not run on Kafka in a container here");
        if ("required".equals(System.getenv("MILLRACE_CONTAINERS"))) {
            assertThat(engine).as("a container engine is required here").isTrue();
        }
        assumeThat(engine).as("a container engine").isTrue();
    }

    @BeforeEach
    void start() {
        container = new KafkaContainer("apache/kafka:4.3.1");
        container.start();
    }

    @AfterEach
    void stop() {
        container.stop();
    }

    @Override
    KafkaChoice kafka() {
        return new KafkaChoice.External(container.getBootstrapServers());
    }
}

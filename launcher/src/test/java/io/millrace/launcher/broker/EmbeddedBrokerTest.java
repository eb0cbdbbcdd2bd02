package io.millrace.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {

    private static final TrainingRequest REQUEST =
            new TrainingRequest(
                    new TriggerId("trigger-1"), TriggerKind.MANUAL, "asked for", 3, Instant.EPOCH);

    @TempDir Path temp;

    @Test
    void whatWasWrittenIsThereAfterARestartAtTheSameAddress() {
        DataDirectory directory = DataDirectory.open(temp);
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            address = broker.bootstrapServers();
            KafkaSettings kafka = new KafkaSettings(address, "test");
            TopicAdmin.create(kafka);
            try (EventProducer producer = new EventProducer(kafka, "gateway")) {
                producer.send(Topics.REQUESTS, REQUEST).join();
            }
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(EventLog.read(new KafkaSettings(address, "test"), Topics.REQUESTS))
                    .extracting(Logged::event)
                    .containsExactly(REQUEST);
        }
    }

    @Test
    void aPortInUseIsNamedAndTheDirectoryIsLetGo() throws IOException {
        DataDirectory directory = DataDirectory.open(temp);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, other.getLocalPort()))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("port %d is in use", other.getLocalPort());
        }
        assertThat(directory.runningBroker()).isEmpty();
        directory.lock().close();
    }

    @Test
    void aSecondBrokerOnTheSameDirectoryIsRefused() {
        DataDirectory directory = DataDirectory.open(temp);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
            assertThat(directory.runningBroker()).contains(broker.bootstrapServers());
        }
    }
}

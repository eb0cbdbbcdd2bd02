package io.millrace.launcher;

import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
final class RuntimeOnEmbeddedBrokerIT extends RuntimeContract {

    private EmbeddedBroker broker;

    @BeforeAll
    void start(@TempDir Path temp) {
        broker = EmbeddedBroker.start(DataDirectory.open(temp), 0);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Override
    String bootstrapServers() {
        return broker.bootstrapServers();
    }
}

package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.broker.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDirectoryTest {

    @TempDir private Path temp;

    @Test
    void theFirstRunFindsNothingToMove() {
        DemoDirectory room = DemoDirectory.makeRoom(temp.resolve("data"));

        assertThat(room.earlier()).isEmpty();
        assertThat(DataDirectory.existing(temp.resolve("data"))).isPresent();
    }

    @Test
    void anEarlierRunIsMovedAsideAndTheOneBeforeItDeleted() throws IOException {
        run("first");
        run("second");

        DemoDirectory room = DemoDirectory.makeRoom(temp.resolve("data"));

        assertThat(room.earlier()).contains(temp.resolve("data.previous"));
        assertThat(temp.resolve("data.previous/run")).hasContent("second");
        assertThat(temp.resolve("data/run")).doesNotExist();
    }

    @Test
    void aDemoThatCouldNotBeginLeavesThingsAsTheyWere() throws IOException {
        run("first");

        DemoDirectory.makeRoom(temp.resolve("data")).undo();

        assertThat(temp.resolve("data/run")).hasContent("first");
        assertThat(temp.resolve("data.previous")).doesNotExist();
    }

    private void run(String name) throws IOException {
        DemoDirectory room = DemoDirectory.makeRoom(temp.resolve("data"));
        Files.writeString(room.directory().resolve("run"), name);
    }
}

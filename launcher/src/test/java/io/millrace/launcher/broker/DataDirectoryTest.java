package io.millrace.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.launcher.broker.DataDirectory.BrokerAddress;
import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

    @TempDir Path temp;

    @Test
    void aNewDirectoryIsMadeAndFoundAgain() {
        Path root = temp.resolve("deep/data");

        DataDirectory made = DataDirectory.open(root);

        assertThat(DataDirectory.existing(root)).map(DataDirectory::root).contains(made.root());
    }

    @Test
    void lookingForADirectoryMakesNone() {
        Path root = temp.resolve("data");

        assertThat(DataDirectory.existing(root)).isEmpty();
        assertThat(root).doesNotExist();
    }

    @Test
    void aDirectoryOfAnotherFormatIsRefusedWithBothFormatsNamed() throws IOException {
        Files.writeString(temp.resolve("millrace-data.json"), "{\"format\":7}");

        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("is in format 7 and this version reads format 1")
                .hasMessageContaining(temp.toString());
    }

    @Test
    void aMarkerThatIsNotJsonIsNamed() throws IOException {
        Files.writeString(temp.resolve("millrace-data.json"), "not json");

        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("cannot read " + temp.resolve("millrace-data.json"));
    }

    @Test
    void aDirectoryFullOfOtherFilesIsLeftAlone() throws IOException {
        Path thesis = Files.writeString(temp.resolve("thesis.txt"), "four years of work");

        assertThatThrownBy(() -> DataDirectory.open(temp))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("holds files that are not Millrace's");
        assertThat(temp.toFile().listFiles()).containsExactly(thesis.toFile());
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("data"), "a file");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(MillraceException.class)
                .hasMessage("%s is a file: choose another --data-dir".formatted(file));
    }

    @Test
    void aFullDiskIsRefusedWithWhatIsFreeAndWhatIsNeeded() {
        assertThatThrownBy(() -> DataDirectory.requireSpace(temp, 300L << 20))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("only 300 MiB are free")
                .hasMessageContaining("at least 1024 MiB are needed");
    }

    @Test
    void aDirectoryInUseNamesTheProcessThatHoldsIt() {
        DataDirectory directory = DataDirectory.open(temp);
        directory.remember(new BrokerAddress(4711, 42));

        try (DirectoryLock _ = directory.lock()) {
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("is in use by process 42");
            assertThat(directory.runningBroker()).contains("127.0.0.1:4711");
        }
        assertThat(directory.runningBroker()).isEmpty();
    }
}

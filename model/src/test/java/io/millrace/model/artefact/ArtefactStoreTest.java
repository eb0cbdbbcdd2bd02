package io.millrace.model.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactStoreTest {

    @TempDir Path root;

    private ArtefactStore store;

    @BeforeEach
    void openStore() {
        store = new ArtefactStore(root.resolve("store"));
    }

    private Path staged() throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("adapter_config.json"), "{}");
        Files.createDirectory(staged.resolve("deeper"));
        Files.writeString(staged.resolve("deeper").resolve("weights"), "1 2 3");
        return staged;
    }

    @Test
    void whatIsPublishedIsFoundUnderItsDigest() throws IOException {
        Path staged = staged();
        Digest expected = ArtefactStore.digestOf(staged);

        Digest digest = store.publish(staged);

        assertThat(digest).isEqualTo(expected);
        assertThat(store.verified(digest).resolve("deeper").resolve("weights")).hasContent("1 2 3");
        assertThat(staged).doesNotExist();
    }

    @Test
    void theSameContentTwiceIsOneArtefactAndLeavesNothingBehind() throws IOException {
        Digest first = store.publish(staged());
        Digest second = store.publish(staged());

        assertThat(second).isEqualTo(first);
        assertThat(children("sha256")).containsExactly(store.verified(first));
        assertThat(children("staging")).isEmpty();
    }

    @Test
    void manyPublishersOfTheSameContentAgree() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Digest> publish = () -> store.publish(staged());
            List<Future<Digest>> digests =
                    threads.invokeAll(IntStream.range(0, 16).mapToObj(i -> publish).toList());
            for (Future<Digest> digest : digests) {
                assertThat(store.verified(digest.get())).isDirectory();
            }
        }
        assertThat(children("sha256")).hasSize(1);
        assertThat(children("staging")).isEmpty();
    }

    @Test
    void anAlteredFileIsFoundAndNamed() throws IOException {
        Digest digest = store.publish(staged());
        Files.writeString(store.location(digest).resolve("adapter_config.json"), "[]");

        assertThatThrownBy(() -> store.verified(digest))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining(store.location(digest).toString())
                .hasMessageContaining("altered");
    }

    @Test
    void aFileAddedOrTakenAwayIsAnAlteration() throws IOException {
        Digest digest = store.publish(staged());
        Path extra = store.location(digest).resolve("extra");
        Files.writeString(extra, "");

        assertThatThrownBy(() -> store.verified(digest)).hasMessageContaining("altered");
        Files.delete(extra);
        assertThat(store.verified(digest)).isDirectory();
        Files.delete(store.location(digest).resolve("adapter_config.json"));
        assertThatThrownBy(() -> store.verified(digest)).hasMessageContaining("altered");
    }

    @Test
    void publishingAgainHealsAnAlteredArtefact() throws IOException {
        Digest digest = store.publish(staged());
        Files.writeString(store.location(digest).resolve("adapter_config.json"), "[]");

        store.publish(staged());

        assertThat(store.verified(digest).resolve("adapter_config.json")).hasContent("{}");
        assertThat(children("staging")).isEmpty();
    }

    @Test
    void aMissingArtefactIsNamed() {
        Digest digest = Digest.of(new byte[] {1});

        assertThatThrownBy(() -> store.verified(digest))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining(digest.hex())
                .hasMessageContaining("missing");
    }

    @Test
    void aFolderThatIsNotThereIsNotPublished() throws IOException {
        assertThatThrownBy(() -> store.publish(root.resolve("nothing")))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("nothing");
        assertThat(children("sha256")).isEmpty();
    }

    @Test
    void theDigestIsOfNamesAndContentsAlone() throws IOException {
        Path one = Files.createDirectory(root.resolve("one"));
        Path two = Files.createDirectory(root.resolve("two"));
        Files.writeString(one.resolve("a"), "1");
        Files.writeString(one.resolve("b"), "2");
        Files.writeString(two.resolve("b"), "2");
        Files.writeString(two.resolve("a"), "1");
        Files.setLastModifiedTime(two.resolve("a"), FileTime.from(Instant.EPOCH));

        assertThat(ArtefactStore.digestOf(two)).isEqualTo(ArtefactStore.digestOf(one));
    }

    @Test
    void theDigestTellsWhereOneFileEndsAndTheNextBegins() throws IOException {
        Path one = Files.createDirectory(root.resolve("one"));
        Path two = Files.createDirectory(root.resolve("two"));
        Files.writeString(one.resolve("a"), "12");
        Files.writeString(one.resolve("b"), "3");
        Files.writeString(two.resolve("a"), "1");
        Files.writeString(two.resolve("b"), "23");
        Path renamed = Files.createDirectory(root.resolve("renamed"));
        Files.writeString(renamed.resolve("a"), "12");
        Files.writeString(renamed.resolve("c"), "3");

        assertThat(Stream.of(one, two, renamed).map(ArtefactStore::digestOf).distinct()).hasSize(3);
    }

    @Test
    void othersMayReadWhatIsPublished() throws IOException {
        Path plain = Files.createDirectory(root.resolve("plain"));
        Digest digest = store.publish(staged());

        assertThat(Files.getPosixFilePermissions(store.location(digest)))
                .isEqualTo(Files.getPosixFilePermissions(plain))
                .contains(PosixFilePermission.OWNER_READ);
    }

    @Test
    void aStoreThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> new ArtefactStore(file.resolve("store")))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining(file.resolve("store").toString());
    }

    private List<Path> children(String folder) throws IOException {
        try (Stream<Path> children = Files.list(root.resolve("store").resolve(folder))) {
            return children.toList();
        }
    }
}

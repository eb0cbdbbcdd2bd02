package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    @TempDir Path root;

    @Test
    void whatWasNotPublishedIsDeleted() throws IOException {
        ArtefactStore store = new ArtefactStore(root);
        Digest published;
        Staging staging = Staging.in(store);
        try (staging) {
            Files.writeString(staging.dataset().resolve("dataset.jsonl"), "{}");
            Files.writeString(staging.adapter().resolve("half"), "written");
            published = store.publish(staging.dataset());
        }

        assertThat(staging.dataset()).doesNotExist();
        assertThat(staging.adapter()).doesNotExist();
        assertThat(store.verified(published)).isDirectoryContaining("glob:**/dataset.jsonl");
    }
}

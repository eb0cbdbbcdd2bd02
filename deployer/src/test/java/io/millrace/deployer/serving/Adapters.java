package io.millrace.deployer.serving;

import io.millrace.deployer.Examples;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adapters for the {@link FakeBackend}, in a real artefact store. */
public record Adapters(ArtefactStore store) {

    public Adapters(Path folder) {
        this(new ArtefactStore(folder));
    }

    /** Publishes an adapter that gives one answer, and clears it as this version. */
    public Cleared cleared(String version, String answer) {
        try {
            Path staged = store.stage();
            Files.writeString(staged.resolve("answer"), answer);
            Digest digest = store.publish(staged);
            return Examples.cleared(version, new Sha256(digest.hex()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Alters a published adapter's bytes. */
    public void alter(Cleared adapter) {
        try {
            Path folder = store.location(new Digest(adapter.adapterDigest().hex()));
            Files.writeString(folder.resolve("answer"), "altered");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.millrace.deployer.serving;

import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Rollout;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models in memory and which of them the alias means. A request takes a lease and keeps its
 * model however the alias moves; a model that left the alias closes when its last lease does
 * (promise I5). Loading takes a {@link Cleared} and verifies the digest, so that no adapter without
 * a passing verdict gets in (promise I3).
 */
public final class LiveModels implements AutoCloseable {

    /** The name of the base model without an adapter. */
    public static final String BASE = "base";

    private final Backend backend;
    private final ArtefactStore artefacts;
    private final Loaded base;
    private final Map<ModelVersion, Loaded> versions = new LinkedHashMap<>();
    private @Nullable Loaded live;
    private @Nullable ModelVersion liveVersion;

    public LiveModels(Backend backend, ArtefactStore artefacts) {
        this.backend = backend;
        this.artefacts = artefacts;
        this.base = new Loaded(BASE, backend.base());
    }

    /** One model in memory; guarded by the models' lock. */
    private static final class Loaded {

        private final String name;
        private final Responder responder;
        private int leases;
        private boolean retired;

        Loaded(String name, Responder responder) {
            this.name = name;
            this.responder = responder;
        }

        boolean unused() {
            return retired && leases == 0;
        }
    }

    public Sha256 baseDigest() {
        return backend.baseDigest();
    }

    /**
     * Reads a cleared adapter; only its exact name reaches it yet.
     *
     * @throws io.millrace.model.artefact.ArtefactException when its files are missing or altered
     * @throws io.millrace.model.config.ModelException when it does not fit the base model
     */
    public void load(Cleared adapter) {
        Path verified = artefacts.verified(new Digest(adapter.adapterDigest().hex()));
        Loaded loaded = new Loaded(adapter.version().value(), backend.load(verified));
        synchronized (this) {
            if (versions.putIfAbsent(adapter.version(), loaded) == null) {
                return;
            }
        }
        loaded.responder.close();
        throw new IllegalStateException(adapter.version() + " is loaded already");
    }

    /** Points the alias at the base model. */
    public synchronized void startWithBase() {
        live = base;
    }

    /** Points the alias at a loaded version and retires the one before. */
    public void flip(ModelVersion version) {
        Loaded before;
        synchronized (this) {
            Loaded next = versions.get(version);
            if (next == null) {
                throw new IllegalStateException(version + " is not loaded");
            }
            if (version.equals(liveVersion)) {
                return;
            }
            before = liveVersion == null ? null : versions.remove(liveVersion);
            live = next;
            liveVersion = version;
        }
        retire(before);
    }

    /** Lets go of a loaded version that never went live. */
    public void unload(ModelVersion version) {
        Loaded unwanted;
        synchronized (this) {
            if (version.equals(liveVersion)) {
                throw new IllegalStateException(version + " is live");
            }
            unwanted = versions.remove(version);
        }
        retire(unwanted);
    }

    /**
     * The model that a name means now: the alias, {@code base}, or an exact loaded version. Empty
     * when nothing goes by that name.
     */
    public synchronized Optional<Lease> acquire(String name) {
        Loaded named = named(name);
        if (named == null) {
            return Optional.empty();
        }
        named.leases++;
        return Optional.of(new Lease(named.name, named.responder, () -> release(named)));
    }

    /** Whether the alias means anything yet. */
    public synchronized boolean ready() {
        return live != null;
    }

    /** The version behind the alias; empty while that is the base model or nothing yet. */
    public synchronized Optional<ModelVersion> live() {
        return Optional.ofNullable(liveVersion);
    }

    /** Every name that a request may ask for, with the model behind it. */
    synchronized Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        if (live != null) {
            names.put(Rollout.ALIAS, live.name);
        }
        names.put(BASE, BASE);
        versions.values().forEach(loaded -> names.put(loaded.name, loaded.name));
        return names;
    }

    private @Nullable Loaded named(String name) {
        return switch (name) {
            case Rollout.ALIAS -> live;
            case BASE -> base;
            default ->
                    versions.values().stream()
                            .filter(loaded -> loaded.name.equals(name))
                            .findFirst()
                            .orElse(null);
        };
    }

    private void release(Loaded loaded) {
        boolean last;
        synchronized (this) {
            loaded.leases--;
            last = loaded.unused();
        }
        if (last) {
            loaded.responder.close();
        }
    }

    private void retire(@Nullable Loaded loaded) {
        if (loaded == null) {
            return;
        }
        boolean unused;
        synchronized (this) {
            loaded.retired = true;
            unused = loaded.unused();
        }
        if (unused) {
            loaded.responder.close();
        }
    }

    /** Closes every model; nobody may hold a lease any more. */
    @Override
    public void close() {
        List<Loaded> all;
        synchronized (this) {
            all = List.copyOf(versions.values());
            versions.clear();
            live = null;
            liveVersion = null;
        }
        all.forEach(loaded -> loaded.responder.close());
        backend.close();
    }
}

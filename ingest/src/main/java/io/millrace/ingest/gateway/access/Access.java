package io.millrace.ingest.gateway.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How callers are told apart. */
public sealed interface Access {

    /** Not at all: for one machine. */
    record Open() implements Access {}

    /** By whoever stands in front, which lets nobody else through. */
    record BehindProxy() implements Access {}

    /** By keys, by tokens, or by both. */
    record Guarded(List<ApiKey> keys, @Nullable Oidc oidc) implements Access {

        public Guarded {
            keys = List.copyOf(keys);
            if (keys.isEmpty() && oidc == null) {
                throw new IllegalArgumentException("neither api-keys nor oidc is given");
            }
        }
    }
}

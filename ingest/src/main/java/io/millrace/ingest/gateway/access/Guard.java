package io.millrace.ingest.gateway.access;

import io.millrace.ingest.gateway.access.Access.BehindProxy;
import io.millrace.ingest.gateway.access.Access.Guarded;
import io.millrace.ingest.gateway.access.Access.Open;
import io.millrace.ingest.gateway.access.Admission.Admitted;
import io.millrace.ingest.gateway.access.Admission.Denied;
import io.millrace.ingest.gateway.access.Caller.Anonymous;
import io.millrace.ingest.gateway.access.Caller.Member;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells callers apart by {@code Authorization: Bearer}, which carries an API key or a token. */
public final class Guard {

    private static final String SCHEME = "bearer ";

    private final boolean open;
    private final List<ApiKey> keys;
    private final @Nullable TokenVerifier tokens;

    private Guard(boolean open, List<ApiKey> keys, @Nullable TokenVerifier tokens) {
        this.open = open;
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * The guard of an access.
     *
     * @throws io.millrace.runtime.UsageException when the issuer's keys are in a file that can't be
     *     read
     */
    public static Guard of(Access access, Clock clock) {
        return switch (access) {
            case Open _, BehindProxy _ -> new Guard(true, List.of(), null);
            case Guarded(List<ApiKey> keys, Oidc oidc) ->
                    new Guard(false, keys, oidc == null ? null : TokenVerifier.of(oidc, clock));
        };
    }

    /**
     * Who sends a request.
     *
     * @param authorization the header, if there is one
     */
    public Admission admit(Optional<String> authorization) {
        if (open) {
            return new Admitted(new Anonymous());
        }
        if (authorization.isEmpty()) {
            return new Denied("send an API key or a token as Authorization: Bearer");
        }
        String header = authorization.get();
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return new Denied("the Authorization header is not of the scheme Bearer");
        }
        String credential = header.substring(SCHEME.length()).strip();
        return looksLikeToken(credential) && tokens != null
                ? tokens.verify(credential)
                : byKey(credential);
    }

    /** Every key is compared, found or not, so that time tells nothing. */
    private Admission byKey(String credential) {
        byte[] hash = ApiKey.hash(credential);
        ApiKey found = null;
        for (ApiKey key : keys) {
            if (key.isHashedFrom(hash)) {
                found = key;
            }
        }
        return found == null
                ? new Denied("the API key is not known here")
                : new Admitted(new Member(found.tenant(), found.endpoints()));
    }

    /** A token in compact form has three parts (RFC 7515, section 7.1). */
    private static boolean looksLikeToken(String credential) {
        return credential.chars().filter(c -> c == '.').count() == 2;
    }
}

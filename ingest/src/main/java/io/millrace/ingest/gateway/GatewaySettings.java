package io.millrace.ingest.gateway;

import io.millrace.ingest.gateway.access.Access;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway lets in.
 *
 * @param rateLimit of each caller; none when null
 */
public record GatewaySettings(Limits limits, @Nullable RateLimit rateLimit, Access access) {

    /** Open to this machine, with the standard limits and no rate limit. */
    public static final GatewaySettings STANDARD =
            new GatewaySettings(Limits.STANDARD, null, new Access.Open());

    /** The same where a proxy checks callers; keys and issuers of its own still count. */
    public GatewaySettings behindProxy() {
        return access instanceof Access.Open
                ? new GatewaySettings(limits, rateLimit, new Access.BehindProxy())
                : this;
    }
}

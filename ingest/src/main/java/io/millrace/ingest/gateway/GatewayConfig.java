package io.millrace.ingest.gateway;

import io.millrace.ingest.gateway.access.Access;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.UsageException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * How the gateway listens.
 *
 * @param host the address to bind; with {@link Access.Open} it must be this machine's own, since
 *     whoever reaches it may write
 * @param port 0 takes any free one
 * @param ackTimeout how long a caller waits for Kafka before hearing 503
 * @param redaction of every event before it is written
 */
public record GatewayConfig(
        String host, int port, Duration ackTimeout, GatewaySettings settings, Redaction redaction) {

    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Checks it.
     *
     * @throws UsageException when anybody in the network could write
     */
    public GatewayConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535");
        }
        if (!ackTimeout.isPositive()) {
            throw new IllegalArgumentException("ackTimeout must be positive");
        }
        if (settings.access() instanceof Access.Open && !isLoopback(host)) {
            throw new UsageException(
                    "the gateway would let anybody who reaches %s write: name API keys or an issuer in"
                                    .formatted(host)
                            + " the data directory's gateway.yaml, say --behind-proxy when a proxy"
                            + " checks callers, or listen on 127.0.0.1");
        }
    }

    /** With redaction by the default rules. */
    public GatewayConfig(String host, int port, Duration ackTimeout, GatewaySettings settings) {
        this(host, port, ackTimeout, settings, Redaction.DEFAULT);
    }

    /** With 10 seconds for Kafka. */
    public static GatewayConfig on(String host, int port, GatewaySettings settings) {
        return new GatewayConfig(host, port, ACK_TIMEOUT, settings);
    }

    /** Open to this machine alone. */
    public static GatewayConfig local(int port) {
        return on("127.0.0.1", port, GatewaySettings.STANDARD);
    }

    /** This with another redaction. */
    public GatewayConfig with(Redaction other) {
        return new GatewayConfig(host, port, ackTimeout, settings, other);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UsageException("the host '%s' is not known here".formatted(host), e);
        }
    }
}

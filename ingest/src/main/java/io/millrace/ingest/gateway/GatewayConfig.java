package io.millrace.ingest.gateway;

import java.time.Duration;

/**
 * How the gateway listens.
 *
 * @param host the address to bind; whoever reaches it may write, so anything but loopback needs a
 *     guard in front
 * @param port 0 takes any free one
 * @param maxBodyBytes of one request, a batch included
 * @param ackTimeout how long a caller waits for Kafka before hearing 503
 */
public record GatewayConfig(String host, int port, int maxBodyBytes, Duration ackTimeout) {

    public GatewayConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("maxBodyBytes must be at least 1");
        }
        if (!ackTimeout.isPositive()) {
            throw new IllegalArgumentException("ackTimeout must be positive");
        }
    }

    /** Loopback only, 1 MiB a body, 10 seconds for Kafka. */
    public static GatewayConfig local(int port) {
        return new GatewayConfig("127.0.0.1", port, 1 << 20, Duration.ofSeconds(10));
    }
}

package io.millrace.launcher.platform;

import io.millrace.runtime.UsageException;

/**
 * Where everything listens; 0 is any free port.
 *
 * @param host the address to bind; whoever reaches it may write and ask
 * @param broker of the embedded Kafka, which is reached from this machine alone
 * @param gateway where feedback, corrections and demonstrations go
 * @param serving where applications ask the model
 * @param internal health and metrics of the first service, the others on the ports behind it
 */
public record Ports(String host, int broker, int gateway, int serving, int internal) {

    public static final String LOOPBACK = "127.0.0.1";
    public static final int GATEWAY = 8080;
    public static final int SERVING = 8081;
    public static final int INTERNAL = 9100;

    /** Whatever is free, on this machine alone. */
    public static final Ports ANY = new Ports(LOOPBACK, 0, 0, 0, 0);

    public Ports {
        require("broker", broker);
        require("gateway", gateway);
        require("serving", serving);
        require("internal", internal);
    }

    /** Where one service of many in this process tells of its health. */
    int internalOf(ServiceKind kind) {
        return internal == 0 ? 0 : internal + kind.place();
    }

    private static void require(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new UsageException(
                    "the %s port %d is none: give 0 to 65535".formatted(what, port));
        }
    }
}

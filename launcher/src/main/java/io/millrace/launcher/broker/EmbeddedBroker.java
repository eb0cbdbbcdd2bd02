package io.millrace.launcher.broker;

import io.millrace.launcher.broker.DataDirectory.BrokerAddress;
import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka in KRaft mode, broker and controller in one, that lives in this process and listens
 * on this machine alone. Its data directory is formatted on the first start and found again on the
 * next.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker of a data directory.
     *
     * @param port to listen on; 0 takes the port of the last run when it is free, else any free one
     * @throws MillraceException when the port or the directory is in use
     */
    public static EmbeddedBroker start(DataDirectory directory, int port) {
        DirectoryLock lock = directory.lock();
        try {
            int broker = port == 0 ? remembered(directory) : requireFree(port);
            int controller = freePortBut(broker);
            directory.remember(new BrokerAddress(broker, ProcessHandle.current().pid()));
            format(directory.kafka());
            var config =
                    new KafkaConfig(
                            BrokerConfig.properties(directory.kafka(), broker, controller), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(lock, server, broker);
        } catch (MillraceException e) {
            lock.close();
            throw e;
        } catch (Exception e) {
            lock.close();
            throw new MillraceException(
                    "the embedded Kafka broker did not start on %s: %s"
                            .formatted(directory.root(), e.getMessage()),
                    e);
        }
    }

    /** Where clients of this machine reach it. */
    public String bootstrapServers() {
        return BrokerConfig.HOST + ":" + port;
    }

    @Override
    public void close() {
        try (lock) {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void format(Path log) throws Exception {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silence =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerConfig.NODE_ID)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerConfig.CONTROLLER)
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .setHasDynamicQuorum(false)
                    .run();
        }
    }

    private static int remembered(DataDirectory directory) throws IOException {
        int last = directory.lastAddress().map(BrokerAddress::port).orElse(0);
        return last != 0 && isFree(last) ? last : freePortBut(0);
    }

    private static int requireFree(int port) {
        if (!isFree(port)) {
            throw new MillraceException(
                    "port %d is in use: choose another --port or stop the program that listens there"
                            .formatted(port));
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePortBut(int taken) throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                if (socket.getLocalPort() != taken) {
                    return socket.getLocalPort();
                }
            }
        }
    }
}

package io.millrace.runtime;

import io.millrace.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Which Kafka, and what our topics are called there. Every client of Millrace is made here:
 * producers acknowledge on all replicas and are idempotent, consumers read committed records only
 * and never move by themselves.
 *
 * @param bootstrapServers such as {@code localhost:9092}
 * @param topicPrefix such as {@link io.millrace.schemas.Topics#DEFAULT_PREFIX}
 */
public record KafkaSettings(String bootstrapServers, String topicPrefix) {

    /** How long a call may wait for a broker before the person hears that there is none. */
    private static final int PATIENCE_MS = 15_000;

    public KafkaSettings {
        if (!bootstrapServers.matches("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*")) {
            throw new UsageException(
                    "bootstrap servers '%s' must be host:port, such as localhost:9092, several with commas between"
                            .formatted(bootstrapServers));
        }
        if (!topicPrefix.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new UsageException(
                    "topic prefix '%s' must be 1 to 100 letters, digits and . _ - and start with a letter or digit"
                            .formatted(topicPrefix));
        }
    }

    /**
     * Where the brokers are and how to show them who we are; what a client of another make starts
     * from.
     */
    public Map<String, Object> connection() {
        Map<String, Object> config = new HashMap<>(ClientProperties.ofEnvironment());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return config;
    }

    /** A topic's name on this broker. */
    public String nameOf(Topic<?> topic) {
        return topic.named(topicPrefix);
    }

    public KafkaProducer<String, byte[]> producer(String clientId) {
        return newProducer(producerConfig(clientId));
    }

    /** A producer whose transactions fence those of every earlier producer with the same id. */
    public KafkaProducer<String, byte[]> transactionalProducer(
            String clientId, String transactionalId) {
        Map<String, Object> config = producerConfig(clientId);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return newProducer(config);
    }

    /** A consumer without a group: it is assigned partitions and positions, and commits none. */
    public KafkaConsumer<String, byte[]> consumer(String clientId) {
        return newConsumer(consumerConfig(clientId));
    }

    /**
     * The same for records that are there already: what is fetched ahead behind the last of them
     * comes back at once and holds up neither the next partition nor the close.
     */
    KafkaConsumer<String, byte[]> reader(String clientId) {
        Map<String, Object> config = consumerConfig(clientId);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        return newConsumer(config);
    }

    public Admin admin(String clientId) {
        Map<String, Object> config = clientConfig(clientId);
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return connect(() -> Admin.create(config));
    }

    private KafkaProducer<String, byte[]> newProducer(Map<String, Object> config) {
        return connect(() ->
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()));
    }

    /** Makes a client; a host that no name server knows shows here already. */
    private <C> C connect(Supplier<C> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new MillraceException(
                    "no Kafka client for %s: %s".formatted(bootstrapServers, why.getMessage()), e);
        }
    }

    private KafkaConsumer<String, byte[]> newConsumer(Map<String, Object> config) {
        return connect(() ->
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    private Map<String, Object> consumerConfig(String clientId) {
        Map<String, Object> config = clientConfig(clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return config;
    }

    private Map<String, Object> producerConfig(String clientId) {
        Map<String, Object> config = clientConfig(clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MS);
        return config;
    }

    private Map<String, Object> clientConfig(String clientId) {
        Map<String, Object> config = connection();
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }

    /** What a person hears when a call to this broker failed. */
    MillraceException failure(String what, Throwable cause) {
        return switch (cause) {
            case MillraceException known -> known;
            case TimeoutException e ->
                    new MillraceException(
                            "no Kafka broker answers at %s: start one or name another with --bootstrap-servers (%s)"
                                    .formatted(bootstrapServers, what),
                            e);
            default ->
                    new MillraceException(
                            "%s failed at %s: %s"
                                    .formatted(what, bootstrapServers, cause.getMessage()),
                            cause);
        };
    }
}

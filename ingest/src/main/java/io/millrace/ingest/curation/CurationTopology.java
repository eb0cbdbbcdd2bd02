package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.Preference;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole of curation as one topology; its steps live in the processors. Two halves: cases,
 * demonstrations and reviews, as many tasks as the traffic topics have partitions; then the
 * duplicate check, a single task, because near-duplicates of one prompt may come from anywhere and
 * only one place can see them all.
 */
final class CurationTopology {

    private final String prefix;
    private final CurationConfig config;
    private final Supplier<GateSuites> suites;
    private final Redaction redaction;
    private final OutcomeMeters meters;

    CurationTopology(
            String prefix,
            CurationConfig config,
            Supplier<GateSuites> suites,
            Redaction redaction,
            OutcomeMeters meters) {
        this.prefix = prefix;
        this.config = config;
        this.suites = suites;
        this.redaction = redaction;
        this.meters = meters;
    }

    Topology build(StreamsConfig streams) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(streams));
        builder.addStateStore(Tallies.store(Tallies.ROUTED));
        builder.addStateStore(Tallies.store(Tallies.SETTLED));
        Routing routing = new Routing(config.rules(), suites);
        KStream<String, Outcome> routed =
                cases(builder, routing).merge(demonstrations(builder, routing), Named.as("routed"));
        count(routed, "count-routed", Tallies.ROUTED);
        publish(routed, "preferences", Topics.PREFERENCES, CurationTopology::preference);
        publish(routed, "quarantine", Topics.QUARANTINE, CurationTopology::quarantined);

        KStream<String, Outcome> onward =
                routed.merge(reviewed(builder), Named.as("routed-and-reviewed"));
        park(onward);
        KStream<String, Outcome> settled = settled(onward);
        count(settled, "count-settled", Tallies.SETTLED);
        publish(settled, "sft", Topics.SFT, CurationTopology::trained);
        publish(settled, "holdout", Topics.HOLDOUT, CurationTopology::heldOut);
        publish(settled, "straddling", Topics.QUARANTINE, CurationTopology::quarantined);
        Topology topology = builder.build();
        Forgotten.addTo(topology, prefix);
        return topology;
    }

    private KStream<String, Outcome> cases(StreamsBuilder builder, Routing routing) {
        return counted(builder, Topics.INTERACTIONS)
                .merge(counted(builder, Topics.FEEDBACK), Named.as("interactions-and-feedback"))
                .merge(counted(builder, Topics.CORRECTIONS), Named.as("signals"))
                .process(
                        keeping(
                                Set.of(StoredMemory.store(CaseProcessor.STORE)),
                                () ->
                                        new CaseProcessor(
                                                prefix,
                                                redaction,
                                                routing,
                                                config.caseTimeToLive())),
                        Named.as("cases"));
    }

    private KStream<String, Outcome> demonstrations(StreamsBuilder builder, Routing routing) {
        return counted(builder, Topics.DEMONSTRATIONS)
                .process(
                        () -> new DemonstrationProcessor(redaction, routing),
                        Named.as("demonstrations"));
    }

    private KStream<String, byte[]> counted(StreamsBuilder builder, Topic<?> topic) {
        return read(builder, topic)
                .process(
                        () -> new Arrivals(topic),
                        Named.as("count-" + topic.name()),
                        Tallies.ROUTED);
    }

    private KStream<String, byte[]> read(StreamsBuilder builder, Topic<?> topic) {
        return builder.stream(
                topic.named(prefix),
                Consumed.with(Serdes.String(), Serdes.ByteArray())
                        .withTimestampExtractor(RecordTime::of)
                        .withName("read-" + topic.name()));
    }

    private KStream<String, Outcome> reviewed(StreamsBuilder builder) {
        return read(builder, Topics.QUARANTINE)
                .merge(read(builder, Topics.REVIEWS), Named.as("quarantined-and-reviewed"))
                .process(
                        keeping(ReviewsProcessor.stores(), () -> new ReviewsProcessor(prefix)),
                        Named.as("reviews"));
    }

    private KStream<String, Outcome> settled(KStream<String, Outcome> onward) {
        return onward.process(() -> new Proposal(suites), Named.as("proposed"))
                .repartition(
                        Repartitioned.with(Serdes.String(), sftSerde())
                                .withName("proposed")
                                .withNumberOfPartitions(1))
                .process(
                        keeping(
                                DuplicatesProcessor.stores(),
                                () -> new DuplicatesProcessor(config.rules(), suites)),
                        Named.as("duplicates"));
    }

    private void count(KStream<String, Outcome> outcomes, String name, String tallies) {
        outcomes.process(() -> new Counting(tallies, meters), Named.as(name), tallies);
    }

    private <E extends Event> void publish(
            KStream<String, Outcome> outcomes,
            String name,
            Topic<E> topic,
            Function<Outcome, Optional<E>> published) {
        outcomes.process(
                        () -> new Publishing<>(prefix, topic, published),
                        Named.as("publish-" + name))
                .to(
                        topic.named(prefix),
                        Produced.with(Serdes.String(), Serdes.ByteArray())
                                .withName("write-" + name));
    }

    private static void park(KStream<String, Outcome> outcomes) {
        outcomes.process(Parking::new, Named.as("park"))
                .to(
                        new Parking.Destination(),
                        Produced.with(Serdes.String(), Serdes.ByteArray())
                                .withName("write-dead-letters"));
    }

    private static Optional<Preference> preference(Outcome outcome) {
        return outcome instanceof Outcome.Preferred(Preference event)
                ? Optional.of(event)
                : Optional.empty();
    }

    private static Optional<QuarantinedExample> quarantined(Outcome outcome) {
        return outcome instanceof Outcome.Quarantined(QuarantinedExample event)
                ? Optional.of(event)
                : Optional.empty();
    }

    private static Optional<SftExample> trained(Outcome outcome) {
        return outcome instanceof Outcome.Trained(SftExample event)
                ? Optional.of(event)
                : Optional.empty();
    }

    private static Optional<HoldoutExample> heldOut(Outcome outcome) {
        return outcome instanceof Outcome.HeldOut(HoldoutExample event)
                ? Optional.of(event)
                : Optional.empty();
    }

    private static <I> ProcessorSupplier<String, I, String, Outcome> keeping(
            Set<StoreBuilder<?>> stores, ProcessorSupplier<String, I, String, Outcome> processor) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, I, String, Outcome> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    private static Serde<SftExample> sftSerde() {
        return Serdes.serdeFrom(
                (topic, example) -> EventJson.write(example),
                (topic, json) -> EventJson.read(json, SftExample.class));
    }
}

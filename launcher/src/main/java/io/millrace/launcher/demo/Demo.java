package io.millrace.launcher.demo;

import io.millrace.ingest.importer.Importer;
import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.demo.Cast.Slice;
import io.millrace.launcher.demo.DemoResult.SliceResult;
import io.millrace.launcher.platform.Platform;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.PrincipalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scenario: a first champion, new questions it can't answer, corrections, a better champion
 * swapped in under traffic, and a harmful window refused. The platform is asked for nothing but
 * what its doors and topics offer to everybody.
 */
public final class Demo {

    private static final Duration CURATION = Duration.ofMinutes(5);
    private static final Duration SETTLED = Duration.ofMillis(1500);

    private final Cast cast;
    private final long seed;
    private final KafkaSettings kafka;
    private final Account account;
    private final Watch watch;
    private final Crowd crowd;
    private final Doors doors;
    private final String story;

    /**
     * Plays the whole scenario on a running platform.
     *
     * @throws MillraceException when a step does not happen
     */
    public static DemoResult play(Cast cast, long seed, Platform platform, Account account) {
        try (Doors doors = new Doors(platform.serving(), platform.gateway());
                Watch watch = new Watch(platform.kafka())) {
            return new Demo(cast, seed, platform.kafka(), watch, doors, account).play();
        }
    }

    private Demo(
            Cast cast, long seed, KafkaSettings kafka, Watch watch, Doors doors, Account account) {
        this.cast = cast;
        this.seed = seed;
        this.kafka = kafka;
        this.watch = watch;
        this.doors = doors;
        this.account = account;
        this.story = "demo" + seed;
        this.crowd = new Crowd(doors, story);
    }

    private DemoResult play() {
        Turn first = firstChampion();
        try (Passersby passersby = new Passersby(doors, story, cast.demonstrations())) {
            account.chapter("Examination before: held-out prompts asked over HTTP");
            Map<Slice, Double> before = examine("before");
            Instant corrected = Instant.now();
            correct();
            Passersby.Count atSwap = passersby.count();
            account.chapter("Window 2: learn from the corrections, with replay");
            Turn second = Turn.follow(2, watch, account);
            double served =
                    Duration.between(corrected, second.deployment().occurredAt()).toMillis() / 1e3;
            watch.await(
                    () ->
                            Optional.of(true)
                                    .filter(x ->
                                            passersby.count().requests() > atSwap.requests() + 20),
                    CURATION,
                    "traffic after the swap",
                    () -> {});
            Passersby.Count swap = passersby.count().since(atSwap);
            account.line(
                    "the swap: %d live requests while it trained, was judged and swapped; %d failed",
                    swap.requests(), swap.failed());
            account.chapter("Examination after");
            Map<Slice, Double> after = examine("after");
            compare(before, after);
            Turn third = mislead();
            Turn champion = third.live() ? third : second.live() ? second : first;
            return new DemoResult(
                    seed,
                    account.seconds(),
                    slices(before, after),
                    new DemoResult.Swap(swap.requests(), swap.failed()),
                    new DemoResult.HarmfulWindow(third.verdict().outcome()),
                    List.of(window(first), window(second), window(third)),
                    new DemoResult.Champion(
                            champion.candidate().modelVersion(),
                            champion.candidate().adapterDigest()),
                    served,
                    String.valueOf(second.verdict().report()));
        }
    }

    private Turn firstChampion() {
        account.chapter("Demonstrations: what people showed the model how to answer");
        int total = cast.demonstrations().size();
        try (EventProducer producer = new EventProducer(kafka, "importer");
                Account.Bar bar = account.bar("import", total)) {
            new Importer(producer::send, new PrincipalId("trainers-desk"), Clock.systemUTC())
                    .publish(cast.demonstrations(), story, done -> bar.at(done, "demonstrations"));
        }
        settle(total);
        account.line(
                "kept out of the stream: %d messages for the gate, %d for the examination",
                cast.suite().size(), cast.exam().size());
        account.chapter("Window 1: the shipped base becomes the first champion");
        return Turn.follow(1, watch, account);
    }

    private void correct() {
        account.chapter(
                "Live traffic: %d new intents appear, people rate and correct"
                        .formatted(cast.fresh().size()));
        account.line("new: %s", String.join(", ", cast.fresh()));
        int before = curated();
        Crowd.Round round;
        try (Account.Bar bar = account.bar("questions", cast.visitors().size())) {
            round =
                    crowd.correct(
                            "visit",
                            cast.visitors(),
                            done -> bar.at(done, "asked, rated, corrected"));
        }
        account.line(
                "%d questions, %d answered right, %d corrected through the gateway",
                round.asked(), round.right(), round.asked() - round.right());
        settle(before + round.asked() - round.right());
    }

    private Turn mislead() {
        int lies = cast.lies().size();
        account.chapter(
                "Window 3: a harmful window, %d corrections with shuffled labels".formatted(lies));
        account.line("about: %s", String.join(", ", cast.victims()));
        int before = curated();
        try (Account.Bar bar = account.bar("questions", lies)) {
            crowd.mislead("mischief", cast.lies(), done -> bar.at(done, "asked and mis-corrected"));
        }
        settle(before + lies);
        return Turn.follow(3, watch, account);
    }

    private int curated() {
        return watch.count(Watch.Pile.SFT) + watch.count(Watch.Pile.HOLDOUT);
    }

    /**
     * Waits until curation has dealt with so many examples, or has been silent for a while: it
     * drops duplicates.
     */
    private void settle(int expected) {
        try (Account.Bar bar = account.bar("curate", expected)) {
            watch.await(
                    () ->
                            Optional.of(true)
                                    .filter(x ->
                                            curated() >= expected
                                                    || (curated() > 0
                                                            && watch.quiet()
                                                                            .compareTo(
                                                                                    SETTLED
                                                                                            .multipliedBy(
                                                                                                    2))
                                                                    > 0)),
                    CURATION,
                    "curation",
                    () -> bar.at(curated(), "examples"));
            bar.at(curated(), "examples");
        }
        account.line(
                "curated so far: %d to train on, %d held out, %d preferences, %d in quarantine",
                watch.count(Watch.Pile.SFT),
                watch.count(Watch.Pile.HOLDOUT),
                watch.count(Watch.Pile.PREFERENCES),
                watch.count(Watch.Pile.QUARANTINE));
    }

    private Map<Slice, Double> examine(String act) {
        Map<Slice, Double> accuracy = new EnumMap<>(Slice.class);
        for (Slice slice : Slice.values()) {
            List<LabelledExample> questions = cast.exam(slice);
            try (Account.Bar bar = account.bar("examine " + slice.label(), questions.size())) {
                Crowd.Round round =
                        crowd.examine(
                                act + "-" + slice.label(),
                                questions,
                                done -> bar.at(done, "answers"));
                accuracy.put(slice, round.accuracy());
            }
        }
        return accuracy;
    }

    private void compare(Map<Slice, Double> before, Map<Slice, Double> after) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("held-out prompts", "n", "before", "after"));
        for (SliceResult slice : slices(before, after)) {
            rows.add(
                    List.of(
                            slice.name() + " intents",
                            Integer.toString(slice.n()),
                            Turn.percent(slice.before()),
                            Turn.percent(slice.after())));
        }
        account.table(rows);
    }

    private List<SliceResult> slices(Map<Slice, Double> before, Map<Slice, Double> after) {
        List<SliceResult> slices = new ArrayList<>();
        before.forEach((slice, accuracy) ->
                slices.add(
                        new SliceResult(
                                slice.label(),
                                cast.exam(slice).size(),
                                accuracy,
                                after.getOrDefault(slice, 0.0))));
        return slices;
    }

    private static DemoResult.Window window(Turn turn) {
        return new DemoResult.Window(
                turn.window().windowId(),
                turn.window().ranges(),
                turn.candidate().datasetSha256(),
                turn.verdict().outcome());
    }
}

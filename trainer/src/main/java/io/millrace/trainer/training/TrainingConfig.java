package io.millrace.trainer.training;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every setting that the bytes of a window's adapter depend on.
 *
 * @param epochs passes over the dataset
 * @param tokensPerBatch most tokens in a batch, padding included
 * @param learningRate the peak, reached after warm-up
 * @param warmupShare share of the steps over which the rate grows from 0
 * @param wordDropout share of a prompt's words left out, others each epoch; 0 for none
 * @param averageFrom share of the steps after which the adapter of every step is averaged into the
 *     one that is saved (stochastic weight averaging, Izmailov et al. 2018); 1 for the last step's
 * @param parentShare how much of the parent's adapter is mixed into the one that is saved
 *     (weight-space ensembling, Wortsman et al. 2022); nothing is where the parent is the base
 * @param rank inner width of the LoRA adapter
 * @param alpha its scale; the adapter's product is multiplied by {@code alpha / rank}
 * @param replayRatio earlier examples drawn for each fresh one, capped by how many there are
 * @param maxTokens longest example, in tokens; the base model's context caps it too
 * @param seed from which each window's own seed is derived
 * @param threads of the engine; sums are taken in another order with another number of them
 * @param license of the adapters, as a Hugging Face licence id
 */
public record TrainingConfig(
        int epochs,
        int tokensPerBatch,
        double learningRate,
        double warmupShare,
        double wordDropout,
        double averageFrom,
        double parentShare,
        int rank,
        double alpha,
        double replayRatio,
        int maxTokens,
        long seed,
        int threads,
        String license) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    public TrainingConfig {
        List<String> problems = new ArrayList<>();
        require(problems, epochs >= 1, "epochs must be at least 1");
        require(problems, tokensPerBatch >= 1, "tokensPerBatch must be at least 1");
        require(
                problems,
                learningRate > 0 && learningRate < 1,
                "learningRate must be between 0 and 1");
        require(
                problems,
                warmupShare >= 0 && warmupShare < 1,
                "warmupShare must be from 0 to below 1");
        require(
                problems,
                wordDropout >= 0 && wordDropout < 1,
                "wordDropout must be from 0 to below 1");
        require(problems, averageFrom >= 0 && averageFrom <= 1, "averageFrom must be from 0 to 1");
        require(
                problems,
                parentShare >= 0 && parentShare < 1,
                "parentShare must be from 0 to below 1");
        require(problems, rank >= 1, "rank must be at least 1");
        require(problems, alpha > 0 && Double.isFinite(alpha), "alpha must be above 0");
        require(
                problems,
                replayRatio >= 0 && Double.isFinite(replayRatio),
                "replayRatio must be at least 0");
        require(problems, maxTokens >= 2, "maxTokens must be at least 2");
        require(problems, threads >= 1, "threads must be at least 1");
        require(
                problems,
                license.matches("[a-z0-9][a-z0-9.-]*"),
                "license must be an id such as apache-2.0");
        if (!problems.isEmpty()) {
            throw new UsageException("training config: " + String.join("; ", problems));
        }
    }

    private static void require(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /** What is used where nothing else is said. */
    public static TrainingConfig defaults() {
        return new TrainingConfig(
                8, 1024, 3e-3, 0.05, 0.2, 0.5, 0.0, 16, 32, 4.0, 512, 1, 1, "apache-2.0");
    }

    /** Reads {@link #text}; every setting must be there, and none that is unknown. */
    public static TrainingConfig read(String text) {
        try {
            return JSON.readValue(text, TrainingConfig.class);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** These settings with those of a JSON object instead, such as {@code {"epochs": 5}}. */
    public TrainingConfig overriddenBy(String json) {
        try {
            if (!(JSON.readTree(json) instanceof ObjectNode settings)) {
                throw new UsageException(
                        "training config: write a JSON object, such as {\"epochs\": 5}");
            }
            ObjectNode all = JSON.valueToTree(this);
            all.setAll(settings);
            return JSON.treeToValue(all, TrainingConfig.class);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static UsageException unreadable(JacksonException e) {
        if (e.getCause() instanceof UsageException known) {
            return known;
        }
        String problem =
                switch (e) {
                    case UnrecognizedPropertyException unknown ->
                            "unknown setting '%s'; known are %s"
                                    .formatted(unknown.getPropertyName(), known(unknown));
                    case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
                            "'%s' has a value of the wrong kind"
                                    .formatted(mismatch.getPath().getLast().getPropertyName());
                    default -> e.getOriginalMessage().lines().findFirst().orElse("not JSON");
                };
        return new UsageException("training config: " + problem, e);
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * Every setting in one line of JSON, in alphabetical order: the form that is recorded and
     * digested.
     */
    public String text() {
        return JSON.writeValueAsString(this);
    }

    /** The digest of {@link #text}. */
    public Sha256 sha256() {
        return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
    }

    /** A window's seed: not negative, and below 2^53 so that every JSON reader keeps it whole. */
    public long seedOf(int sequence) {
        return new SplittableRandom(seed + 31L * sequence).nextLong(1L << 53);
    }
}

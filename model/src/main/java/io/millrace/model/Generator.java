package io.millrace.model;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Token by token from prompts to answers, prompts of like length together. */
final class Generator {

    private static final int MAX_BATCH = 32;

    /** One answer's tokens, without the end token. */
    @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
    record Answer(int[] ids, int promptTokens, FinishReason finishReason) {}

    private final Decoder decoder;
    private final ModelConfig config;
    private final int endToken;
    private final Decoder.Weighting weights;

    Generator(Decoder decoder, ModelConfig config, int endToken, Decoder.Weighting weights) {
        this.decoder = decoder;
        this.config = config;
        this.endToken = endToken;
        this.weights = weights;
    }

    List<Answer> generate(List<int[]> prompts, GenerationOptions options) {
        for (int[] prompt : prompts) {
            if (prompt.length >= config.maxPositions()) {
                throw new ModelException(
                        "the prompt has "
                                + prompt.length
                                + " tokens; this model's context is "
                                + config.maxPositions());
            }
        }
        List<Integer> byLength =
                IntStream.range(0, prompts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                        .toList();
        Answer[] answers = new Answer[prompts.size()];
        for (int from = 0; from < byLength.size(); from += MAX_BATCH) {
            List<Integer> rows =
                    byLength.subList(from, Math.min(from + MAX_BATCH, byLength.size()));
            List<Answer> batch = batch(rows.stream().map(prompts::get).toList(), rows, options);
            for (int i = 0; i < rows.size(); i++) {
                answers[rows.get(i)] = batch.get(i);
            }
        }
        return List.of(answers);
    }

    private List<Answer> batch(
            List<int[]> prompts, List<Integer> positions, GenerationOptions options) {
        int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
        int capacity = longest + Math.min(options.maxTokens(), config.maxPositions() - longest);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            int room = Math.min(options.maxTokens(), capacity - prompts.get(i).length);
            rows.add(new Row(prompts.get(i).length, room, new Sampler(options, positions.get(i))));
        }
        try (Decoder.Session session = decoder.session(weights, prompts.size(), capacity)) {
            float[] logits = session.prefill(prompts);
            while (choose(rows, logits)) {
                logits = session.decode(rows.stream().mapToInt(Row::lastToken).toArray());
            }
        }
        return rows.stream().map(Row::answer).toList();
    }

    /** Gives each open row its next token; false when none is open any more. */
    private boolean choose(List<Row> rows, float[] logits) {
        int vocabulary = logits.length / rows.size();
        boolean open = false;
        for (int i = 0; i < rows.size(); i++) {
            float[] own = Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary);
            open |= rows.get(i).take(own, endToken);
        }
        return open;
    }

    /** One sequence under way. */
    private static final class Row {

        private final int promptTokens;
        private final int room;
        private final Sampler sampler;
        private final List<Integer> ids = new ArrayList<>();
        private boolean stopped;

        Row(int promptTokens, int room, Sampler sampler) {
            this.promptTokens = promptTokens;
            this.room = room;
            this.sampler = sampler;
        }

        /** False when this row has ended. */
        boolean take(float[] logits, int endToken) {
            if (stopped || ids.size() == room) {
                return false;
            }
            int token = sampler.next(logits);
            if (token == endToken) {
                stopped = true;
                return false;
            }
            ids.add(token);
            return ids.size() < room;
        }

        /** What to feed next; an ended row is fed its last token again, which nobody reads. */
        int lastToken() {
            return ids.isEmpty() ? 0 : ids.getLast();
        }

        Answer answer() {
            int[] tokens = ids.stream().mapToInt(Integer::intValue).toArray();
            return new Answer(
                    tokens, promptTokens, stopped ? FinishReason.STOP : FinishReason.LENGTH);
        }
    }

    /**
     * Chooses a token from logits; its randomness depends on the seed and the prompt's place alone.
     */
    private static final class Sampler {

        private final GenerationOptions options;
        private final SplittableRandom random;

        Sampler(GenerationOptions options, int place) {
            this.options = options;
            this.random = new SplittableRandom(options.seed() + 0x9E3779B97F4A7C15L * place);
        }

        int next(float[] logits) {
            int best = argmax(logits);
            if (!Float.isFinite(logits[best])) {
                throw new ModelException(
                        "the model gave NaN or infinite logits: its weights are broken");
            }
            return options.temperature() == 0 ? best : draw(logits, logits[best]);
        }

        private static int argmax(float[] logits) {
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                if (logits[i] > logits[best] || Float.isNaN(logits[i])) {
                    best = i;
                }
            }
            return best;
        }

        private int draw(float[] logits, float highest) {
            double[] weights = new double[logits.length];
            Arrays.setAll(weights, i -> Math.exp((logits[i] - highest) / options.temperature()));
            int[] nucleus = nucleus(weights);
            double mass = Arrays.stream(nucleus).mapToDouble(i -> weights[i]).sum();
            double left = random.nextDouble() * mass;
            for (int token : nucleus) {
                left -= weights[token];
                if (left < 0) {
                    return token;
                }
            }
            return nucleus[0];
        }

        /** The likeliest tokens that together hold {@code topP} of the mass. */
        private int[] nucleus(double[] weights) {
            int[] order =
                    IntStream.range(0, weights.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -weights[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double wanted = options.topP() * Arrays.stream(weights).sum();
            double held = 0;
            for (int kept = 0; kept < order.length; kept++) {
                held += weights[order[kept]];
                if (held >= wanted) {
                    return Arrays.copyOf(order, kept + 1);
                }
            }
            return order;
        }
    }
}

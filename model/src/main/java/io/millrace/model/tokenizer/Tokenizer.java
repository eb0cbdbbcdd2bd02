package io.millrace.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.millrace.model.config.ConfigFile;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * A {@code tokenizer.json}, run by Hugging Face's own tokenizers library. Nothing is truncated,
 * nothing is padded.
 */
public final class Tokenizer implements AutoCloseable {

    private static final Map<String, String> AS_WRITTEN =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> special;
    private final int size;

    private Tokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> special, int size) {
        this.tokenizer = tokenizer;
        this.special = Map.copyOf(special);
        this.size = size;
    }

    /**
     * Reads {@code tokenizer.json}.
     *
     * @throws ModelException when it is missing or is not a tokenizer
     */
    public static Tokenizer read(Path directory) {
        ConfigFile file =
                ConfigFile.read(
                        directory.resolve("tokenizer.json"),
                        "a model directory needs its tokenizer");
        try {
            Map<String, Integer> special = new HashMap<>();
            for (JsonNode token : file.get("added_tokens")) {
                if (token.path("special").asBoolean(false)) {
                    special.put(token.path("content").asString(), token.path("id").asInt());
                }
            }
            Path path = directory.resolve("tokenizer.json");
            return new Tokenizer(
                    HuggingFaceTokenizer.newInstance(path, AS_WRITTEN), special, size(file));
        } catch (IOException | RuntimeException e) {
            throw file.fault("it is not a tokenizer: " + e.getMessage());
        }
    }

    private static int size(ConfigFile file) {
        IntStream added =
                file.get("added_tokens").valueStream().mapToInt(token -> token.path("id").asInt());
        IntStream learned =
                file.get("model").path("vocab").valueStream().mapToInt(id -> id.asInt(0));
        return IntStream.concat(added, learned).max().orElse(-1) + 1;
    }

    /** One more than the highest id it gives. */
    public int size() {
        return size;
    }

    /** The id of a special token such as {@code <|im_end|>}. */
    public OptionalInt special(String token) {
        Integer id = special.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Whether it puts a space before a text, as SentencePiece's do; a text that is encoded in parts
     * has spaces that nobody wrote.
     */
    public boolean putsSpaceFirst() {
        int[] alone = encode("x");
        int[] following = encode("\nx");
        int from = Math.max(following.length - alone.length, 0);
        return !Arrays.equals(Arrays.copyOfRange(following, from, following.length), alone);
    }

    /** Token ids of trusted text; special tokens in it are recognised. */
    public int[] encode(String text) {
        return ids(text).toArray();
    }

    /** Token ids of what somebody wrote: special tokens in it are ordinary characters. */
    public int[] encodeText(String text) {
        return encode(text, new BitSet());
    }

    /**
     * Token ids of a text of which some is trusted.
     *
     * @param trusted the characters of it; only among them are special tokens recognised
     */
    public int[] encode(String text, BitSet trusted) {
        IntStream ids = IntStream.empty();
        for (String piece : withoutSpecial(text, trusted)) {
            ids = IntStream.concat(ids, ids(piece));
        }
        return ids.toArray();
    }

    private IntStream ids(String text) {
        return LongStream.of(tokenizer.encode(text).getIds()).mapToInt(Math::toIntExact);
    }

    /**
     * Cuts the text inside each special token that is not trusted, after its first character, so
     * that none of those is left whole.
     */
    private List<String> withoutSpecial(String text, BitSet trusted) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            if (startsSpecial(text, at, trusted.nextClearBit(at))) {
                pieces.add(text.substring(from, at + 1));
                from = at + 1;
            }
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** Whether a special token starts there and reaches beyond what is trusted. */
    private boolean startsSpecial(String text, int at, int trustedTo) {
        for (String token : special.keySet()) {
            if (at + token.length() > trustedTo && text.startsWith(token, at)) {
                return true;
            }
        }
        return false;
    }

    /** The text of ids, special tokens left out. */
    public String decode(int[] ids) {
        return tokenizer.decode(IntStream.of(ids).asLongStream().toArray(), true);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

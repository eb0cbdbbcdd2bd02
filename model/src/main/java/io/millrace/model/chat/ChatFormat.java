package io.millrace.model.chat;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat format in a tokenizer's ids. Content can't speak markup: {@code <|im_start|>} inside a
 * message stays text. Markup and content are encoded apart, but for tokenizers that put a space
 * before each text: theirs are encoded in one go, so that there is no space that nobody wrote.
 */
public final class ChatFormat {

    /** ChatML in the Jinja that Hugging Face's tokenizers and vLLM render. */
    private static final String TEMPLATE =
            """
            {% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}\
            {% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
            """;

    private static final String END = "<|im_end|>";

    private final ChatMarkup markup;
    private final Tokenizer tokenizer;
    private final int end;
    private final boolean apart;

    private ChatFormat(ChatMarkup markup, Tokenizer tokenizer) {
        this.markup = markup;
        this.tokenizer = tokenizer;
        this.apart = !tokenizer.putsSpaceFirst();
        for (String token : markup.specialTokens()) {
            int _ = special(token);
        }
        this.end = special(markup.turns().assistant().end().strip());
    }

    /**
     * The format of a model directory.
     *
     * @throws ModelException when it is not known, or the tokenizer lacks a token of it
     */
    public static ChatFormat read(Path directory, Tokenizer tokenizer) {
        return new ChatFormat(ChatFormats.of(directory), tokenizer);
    }

    /**
     * A format that is chosen.
     *
     * @throws ModelException when the tokenizer lacks a token of it
     */
    public static ChatFormat of(ChatMarkup markup, Tokenizer tokenizer) {
        return new ChatFormat(markup, tokenizer);
    }

    /**
     * The text of a {@code tokenizer_config.json} for a model with ChatML.
     *
     * @param endOfText the special token between documents; it pads, too
     */
    public static String tokenizerConfig(ModelConfig config, String endOfText) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put("model_max_length", config.maxPositions());
        json.putNull("bos_token");
        json.put("eos_token", END);
        json.put("pad_token", endOfText);
        json.put("clean_up_tokenization_spaces", false);
        json.put("chat_template", TEMPLATE);
        return json.toPrettyString() + "\n";
    }

    private int special(String token) {
        String filled = markup.filled(token);
        return tokenizer
                .special(filled)
                .orElseThrow(() ->
                        new ModelException(
                                "tokenizer.json has no special token %s, which the chat format %s needs: use the tokenizer of a model with this format, or describe the model's own in a file %s beside it"
                                        .formatted(filled, markup.name(), ChatFormats.OWN)));
    }

    /** The token that ends an answer. */
    public int endToken() {
        return end;
    }

    /**
     * A conversation up to where the assistant's answer begins.
     *
     * @throws RefusedConversationException when the format has no place for it
     */
    public int[] prompt(List<ChatMessage> messages) {
        return ids(pieces(messages));
    }

    /**
     * A conversation and the answer to learn; the loss covers the answer and its end token.
     *
     * @throws RefusedConversationException when the format has no place for it
     */
    public Tokens example(List<ChatMessage> messages, String answer) {
        List<Piece> asked = pieces(messages);
        List<Piece> answered = markup.answer(answer);
        int[] prompt = ids(asked);
        int[] ids =
                apart
                        ? IntStream.concat(IntStream.of(prompt), IntStream.of(idsApart(answered)))
                                .toArray()
                        : idsInOneGo(Stream.concat(asked.stream(), answered.stream()).toList());
        return new Tokens(ids, Arrays.mismatch(prompt, ids));
    }

    private List<Piece> pieces(List<ChatMessage> messages) {
        return switch (markup.render(messages, true)) {
            case Rendering.Rendered rendered -> rendered.pieces();
            case Rendering.Refused(String reason) -> throw new RefusedConversationException(reason);
        };
    }

    private int[] ids(List<Piece> pieces) {
        return apart ? idsApart(pieces) : idsInOneGo(pieces);
    }

    private int[] idsApart(List<Piece> pieces) {
        return pieces.stream()
                .flatMapToInt(piece ->
                        IntStream.of(
                                piece.written()
                                        ? tokenizer.encodeText(piece.text())
                                        : tokenizer.encode(piece.text())))
                .toArray();
    }

    private int[] idsInOneGo(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        BitSet trusted = new BitSet();
        for (Piece piece : pieces) {
            int from = text.length();
            text.append(piece.text());
            trusted.set(from, text.length(), !piece.written());
        }
        return tokenizer.encode(text.toString(), trusted);
    }
}

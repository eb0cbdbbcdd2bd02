package io.millrace.model.chat;

import io.millrace.model.config.ConfigFile;
import io.millrace.model.config.ModelException;
import io.millrace.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The chat formats that are known by name, and which of them a model directory has. A chat template
 * is looked at for marks and never run: templates are programs of whoever made the model.
 */
public final class ChatFormats {

    /** A file of this name in a model directory describes its format and settles the question. */
    public static final String OWN = "chat_format.yaml";

    private static final List<String> NAMES =
            List.of(
                    "alpaca",
                    "chatml",
                    "gemma",
                    "gemma3",
                    "llama2",
                    "llama3",
                    "llama3_2",
                    "mistral",
                    "mistral_v3",
                    "phi3",
                    "qwen2_5",
                    "qwen3_instruct_2507",
                    "smollm2",
                    "zephyr");

    private ChatFormats() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * A format by its name.
     *
     * @throws ModelException when there is none; the message lists those that there are
     */
    public static ChatMarkup named(String name) {
        if (!NAMES.contains(name)) {
            throw new ModelException(
                    "there is no chat format '%s': choose one of %s".formatted(name, NAMES));
        }
        String file = name + ".yaml";
        try (InputStream yaml = ChatFormats.class.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(yaml, file).readAllBytes();
            return ChatMarkupFile.parse(new String(bytes, StandardCharsets.UTF_8), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The format of a model directory: its {@code chat_format.yaml}, else the one whose marks its
     * chat template shows, else the one that its special tokens tell.
     *
     * @throws ModelException when that is none, or more than one
     */
    public static ChatMarkup of(Path directory) {
        Path config = directory.resolve("tokenizer_config.json");
        Optional<ConfigFile> settings =
                Files.exists(config)
                        ? Optional.of(
                                ConfigFile.read(config, "it names the tokens of the chat format"))
                        : Optional.empty();
        Map<String, String> variables = settings.map(ChatFormats::variables).orElse(Map.of());
        Path own = directory.resolve(OWN);
        if (Files.exists(own)) {
            return ChatMarkupFile.read(own).with(variables);
        }
        ChatMarkup markup =
                template(directory, settings)
                        .map(template -> byTemplate(directory, template))
                        .orElseGet(() -> byTokens(directory));
        return markup.with(variables);
    }

    private static ChatMarkup byTemplate(Path directory, String template) {
        return only(
                directory,
                "its chat template has the marks of %s",
                markup -> markup.isMarkedIn(template));
    }

    private static ChatMarkup byTokens(Path directory) {
        try (Tokenizer tokenizer = Tokenizer.read(directory)) {
            return only(
                    directory,
                    "it has no chat template, and its special tokens are those of %s",
                    markup -> markup.isToldBy(token -> tokenizer.special(token).isPresent()));
        }
    }

    private static ChatMarkup only(Path directory, String finding, Predicate<ChatMarkup> shown) {
        List<ChatMarkup> found = NAMES.stream().map(ChatFormats::named).filter(shown).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String names =
                found.isEmpty()
                        ? "no known chat format"
                        : String.join(" and of ", found.stream().map(ChatMarkup::name).toList());
        throw new ModelException(
                "%s: %s: describe the format in a file %s there; known are %s"
                        .formatted(directory, finding.formatted(names), OWN, NAMES));
    }

    /** The chat template, from where Hugging Face's libraries look for it. */
    private static Optional<String> template(Path directory, Optional<ConfigFile> settings) {
        Path file = directory.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException e) {
                throw new ModelException(file + " cannot be read as UTF-8 text", e);
            }
        }
        return settings.flatMap(found -> template(found.get("chat_template")));
    }

    /** A template, or the default one of several. */
    private static Optional<String> template(JsonNode templates) {
        Stream<JsonNode> named =
                templates
                        .valueStream()
                        .filter(one -> one.path("name").asString("").equals("default"))
                        .map(one -> one.path("template"));
        return Stream.concat(Stream.of(templates), named)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst();
    }

    /** The tokens that templates know as {@code bos_token} and {@code eos_token}. */
    private static Map<String, String> variables(ConfigFile settings) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : List.of("bos", "eos")) {
            JsonNode token = settings.get(variable + "_token");
            JsonNode text = token.isObject() ? token.path("content") : token;
            if (text.isString()) {
                variables.put(variable, text.stringValue());
            }
        }
        return variables;
    }
}

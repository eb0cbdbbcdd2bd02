package io.millrace.launcher.command;

import io.millrace.model.chat.ChatFormats;
import io.millrace.model.chat.ChatMarkup;
import io.millrace.model.chat.ChatMarkupFile;
import io.millrace.model.chat.Rendering;
import io.millrace.model.config.ModelException;
import io.millrace.runtime.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a model reads of a conversation, and what it would learn of it. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Renders conversations in a chat format: the text that a model reads, and the characters of it"
                        + " that training takes loss on.",
        footerHeading = RenderHelp.HEADING,
        footer = RenderHelp.TEXT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line was rendered or refused by the format",
            "1:the model directory cannot be used",
            "2:an option or a line makes no sense; the lines before it are rendered"
        })
final class RenderCommand implements Callable<Integer> {

    private static final Path STANDARD_INPUT = Path.of("-");

    /** ASCII alone, so that no terminal's encoding changes a character. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Which format: one of three ways to say it. */
    private static final class Choice {

        @Option(
                names = "--format",
                paramLabel = "NAME",
                required = true,
                description = "${COMPLETION-CANDIDATES}",
                completionCandidates = Names.class)
        private @Nullable String name;

        @Option(
                names = "--format-file",
                paramLabel = "FILE",
                required = true,
                description = "a format of one's own, see below")
        private @Nullable Path file;

        @Option(
                names = "--model",
                paramLabel = "DIR",
                required = true,
                description =
                        "the format of a model directory, as training and serving recognise it")
        private @Nullable Path model;

        ChatMarkup markup() {
            if (model != null) {
                return ChatFormats.of(model);
            }
            try {
                return file != null
                        ? ChatMarkupFile.read(file)
                        : ChatFormats.named(String.valueOf(name));
            } catch (ModelException e) {
                throw new UsageException(
                        (file == null ? "--format: " : "--format-file: ") + e.getMessage(), e);
            }
        }
    }

    private static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ChatFormats.names().iterator();
        }
    }

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "JSON lines in UTF-8; - is standard input (default: ${DEFAULT-VALUE})")
    private Path input = STANDARD_INPUT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Override
    public Integer call() {
        ChatMarkup markup = choice.markup();
        PrintWriter out = command.commandLine().getOut();
        try (BufferedReader lines = open()) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    out.println(render(markup, ConversationLine.parse(line, place(number))));
                }
                number++;
            }
        } catch (IOException e) {
            throw new UsageException(
                    "--input %s cannot be read: name a file of JSON lines in UTF-8"
                            .formatted(input),
                    e);
        } finally {
            out.flush();
        }
        return 0;
    }

    private BufferedReader open() throws IOException {
        return input.equals(STANDARD_INPUT)
                ? new BufferedReader(
                        new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()))
                : Files.newBufferedReader(input);
    }

    private String place(int number) {
        return "%s line %d"
                .formatted(input.equals(STANDARD_INPUT) ? "standard input" : input, number);
    }

    private static String render(ChatMarkup markup, ConversationLine line) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", line.id());
        switch (line.render(markup)) {
            case Rendering.Rendered rendered -> {
                answer.put("text", rendered.text());
                ArrayNode spans = answer.putArray("spans");
                rendered.spans()
                        .forEach(span -> spans.addArray().add(span.start()).add(span.end()));
            }
            case Rendering.Refused(String reason) -> answer.put("error", reason);
        }
        return JSON.writeValueAsString(answer);
    }
}

package io.millrace.launcher.command;

import io.millrace.model.Adapter;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.decoder.Precision;
import io.millrace.model.torch.Torch;
import io.millrace.runtime.UsageException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A conversation with a model on this machine. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Talks to a Hugging Face model, with an adapter or without: a line from you, an answer from it. /new"
                        + " begins a new conversation, /quit or Ctrl-D ends it.")
final class ChatCommand implements Callable<Integer> {

    private static final String YOU = "> ";

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "config.json, safetensors and tokenizer.json")
    private Path directory = Path.of("");

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description = "a PEFT adapter of this model (default: the bare model)")
    private @Nullable Path adapterDirectory;

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            description =
                    "of the numbers, ${COMPLETION-CANDIDATES}; BF16 is the faster (default: ${DEFAULT-VALUE})")
    private Precision precision = Precision.BF16;

    @Option(
            names = "--system",
            paramLabel = "TEXT",
            description = "what the model is told before each conversation")
    private @Nullable String system;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "answers this alone, then ends")
    private @Nullable String prompt;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "longest answer (default: ${DEFAULT-VALUE})")
    private int maxTokens = 256;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "from 0, always the likeliest, to 2 (default: ${DEFAULT-VALUE})")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description =
                    "draws from so many of the likeliest tokens; 0 for all (default: ${DEFAULT-VALUE})")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description =
                    "draws from the likeliest tokens that hold this mass (default: ${DEFAULT-VALUE})")
    private double topP = 1;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "R",
            description = "above 1, what was said becomes less likely (default: ${DEFAULT-VALUE})")
    private double repetitionPenalty = 1;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "an answer ends before it; may be given several times")
    private List<String> stop = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of what is drawn (default: ${DEFAULT-VALUE})")
    private long seed;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec command;

    @Override
    public Integer call() {
        GenerationOptions options = options();
        Torch.useAllCores();
        try (LanguageModel model = LanguageModel.open(directory, precision);
                Opened opened = new Opened(model, adapterDirectory)) {
            if (prompt != null) {
                say(model, opened, options, turns(), prompt);
            } else {
                converse(model, opened, options);
            }
            return 0;
        }
    }

    private GenerationOptions options() {
        try {
            return new GenerationOptions(
                    maxTokens, temperature, topK, topP, repetitionPenalty, stop, seed);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** An adapter, where there is one. */
    private record Opened(@Nullable Adapter adapter) implements AutoCloseable {

        Opened(LanguageModel model, @Nullable Path directory) {
            this(directory == null ? null : model.loadAdapter(directory));
        }

        @Override
        public void close() {
            if (adapter != null) {
                adapter.close();
            }
        }
    }

    private void converse(LanguageModel model, Opened opened, GenerationOptions options) {
        boolean watched =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        PrintWriter out = command.commandLine().getOut();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<ChatMessage> turns = turns();
        while (true) {
            if (watched) {
                out.print(YOU);
                out.flush();
            }
            Optional<String> line = line(in);
            if (line.isEmpty() || line.get().strip().equals("/quit")) {
                return;
            }
            if (line.get().strip().equals("/new")) {
                turns = turns();
            } else if (!line.get().isBlank()) {
                say(model, opened, options, turns, line.get());
            }
        }
    }

    private static Optional<String> line(BufferedReader in) {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ChatMessage> turns() {
        List<ChatMessage> turns = new ArrayList<>();
        if (system != null) {
            turns.add(new ChatMessage("system", system));
        }
        return turns;
    }

    /** Answers, and keeps both turns; the oldest leave where the context is full. */
    private void say(
            LanguageModel model,
            Opened opened,
            GenerationOptions options,
            List<ChatMessage> turns,
            String text) {
        PrintWriter out = command.commandLine().getOut();
        turns.add(ChatMessage.user(text));
        int first = system == null ? 0 : 1;
        while (turns.size() > first + 2
                && model.encodePrompt(turns).length + options.maxTokens()
                        > model.config().maxPositions()) {
            turns.subList(first, first + 2).clear();
        }
        Generation answer =
                model.answer(
                        turns,
                        options,
                        opened.adapter(),
                        piece -> {
                            out.print(piece);
                            out.flush();
                        });
        out.println();
        out.flush();
        turns.add(new ChatMessage("assistant", answer.text()));
    }
}

package io.millrace.evaluator.suite;

import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.Message;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a model has seen in training, as far as an examination must know. Curation keeps holdout and
 * training apart by near-duplicate cluster; here that is verified, not assumed.
 *
 * @param prompts normalised: NFC, lower case, single spaces
 */
public record Contamination(Set<ExampleId> examples, Set<String> clusters, Set<String> prompts) {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    public Contamination {
        examples = Set.copyOf(examples);
        clusters = Set.copyOf(clusters);
        prompts = Set.copyOf(prompts);
    }

    /** The traces that these training examples leave. */
    public static Contamination of(Collection<Example> trained) {
        Set<ExampleId> examples = new HashSet<>();
        Set<String> clusters = new HashSet<>();
        Set<String> prompts = new HashSet<>();
        for (Example example : trained) {
            examples.add(example.exampleId());
            if (example.cluster() != null) {
                clusters.add(example.cluster());
            }
            prompts.add(normalised(example.messages()));
        }
        return new Contamination(examples, clusters, prompts);
    }

    /** Whether asking this would ask for something learnt by heart. */
    boolean touches(Example example) {
        return examples.contains(example.exampleId())
                || (example.cluster() != null && clusters.contains(example.cluster()))
                || touches(example.messages());
    }

    boolean touches(List<Message> prompt) {
        return prompts.contains(normalised(prompt));
    }

    private static String normalised(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append(message.role()).append(' ').append(message.content()).append('\n');
        }
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return WHITE_SPACE.matcher(composed).replaceAll(" ").strip();
    }
}

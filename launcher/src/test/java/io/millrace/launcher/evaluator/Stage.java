package io.millrace.launcher.evaluator;

import io.millrace.evaluator.Admission;
import io.millrace.evaluator.Examinees;
import io.millrace.evaluator.suite.Examinee;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** Models that answer by rule; the base is always wrong. */
final class Stage implements Examinees {

    private final Map<ModelVersion, UnaryOperator<String>> rules = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** A version that is right where the prompt starts with this. */
    Stage admit(String version, String prefix) {
        return admit(version, prompt -> prompt.startsWith(prefix) ? "right" : "wrong");
    }

    Stage admit(String version, UnaryOperator<String> rule) {
        rules.put(new ModelVersion(version), rule);
        return this;
    }

    /** Every prompt so far, to whomever. */
    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public Examinee base() {
        return new Player(prompt -> "wrong");
    }

    @Override
    public Admission admit(Candidate candidate) {
        return new Admission.Admitted(new Player(rules.get(candidate.modelVersion())));
    }

    private final class Player implements Examinee {

        private final UnaryOperator<String> rule;

        Player(UnaryOperator<String> rule) {
            this.rule = rule;
        }

        @Override
        public List<String> answer(List<List<Message>> prompts, IntConsumer answered) {
            List<String> contents =
                    prompts.stream().map(prompt -> prompt.getLast().content()).toList();
            synchronized (asked) {
                asked.addAll(contents);
            }
            List<String> answers = contents.stream().map(rule).toList();
            answered.accept(answers.size());
            return answers;
        }

        @Override
        public void close() {}
    }
}

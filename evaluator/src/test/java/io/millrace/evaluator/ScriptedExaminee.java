package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;
import io.millrace.schemas.Message;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** An examinee that answers by rule. */
final class ScriptedExaminee implements Examinee {

    private final UnaryOperator<String> rule;
    private boolean closed;

    ScriptedExaminee(UnaryOperator<String> rule) {
        this.rule = rule;
    }

    /** One that is right where the prompt starts with this. */
    static ScriptedExaminee rightOn(String prefix) {
        return new ScriptedExaminee(prompt -> prompt.startsWith(prefix) ? "right" : "wrong");
    }

    @Override
    public List<String> answer(List<List<Message>> prompts, IntConsumer answered) {
        List<String> answers =
                prompts.stream().map(prompt -> rule.apply(prompt.getLast().content())).toList();
        answered.accept(answers.size());
        return answers;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }
}

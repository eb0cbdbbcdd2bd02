package io.millrace.evaluator.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * An examination and what both examinees answered; no answers when the challenger was not admitted.
 */
public record Sitting(Examination examination, List<PairedAnswer> answers) {

    public Sitting {
        answers = List.copyOf(answers);
    }

    /** An examination that nobody sat. */
    public static Sitting cancelled(Examination examination) {
        return new Sitting(examination, List.of());
    }

    /**
     * Asks the champion everything, then the challenger.
     *
     * @param answered told how many of the {@code 2 n} answers are there
     */
    public static Sitting hold(
            Examination examination, Examinee champion, Examinee challenger, IntConsumer answered) {
        List<SuiteCase> cases = examination.cases();
        List<String> before = ask(champion, examination, answered);
        List<String> after =
                ask(challenger, examination, count -> answered.accept(cases.size() + count));
        List<PairedAnswer> answers = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            SuiteCase asked = cases.get(i);
            answers.add(
                    new PairedAnswer(asked, asked.grade(before.get(i)), asked.grade(after.get(i))));
        }
        return new Sitting(examination, answers);
    }

    private static List<String> ask(
            Examinee examinee, Examination examination, IntConsumer answered) {
        List<String> answers = examinee.answer(examination.prompts(), answered);
        if (answers.size() != examination.cases().size()) {
            throw new UnansweredException(
                    "%d prompts were asked, %d answered"
                            .formatted(examination.cases().size(), answers.size()));
        }
        return answers;
    }
}

package io.millrace.evaluator.report;

import static io.millrace.evaluator.report.Html.escape;

import io.millrace.evaluator.suite.PairedAnswer;
import io.millrace.schemas.Message;
import java.util.List;
import java.util.stream.Collectors;

/** Cases that the two examinees answered differently well, side by side. */
final class AnswerTable {

    /** Losses and wins each; a person reads no more, and the page stays small. */
    static final int MOST_ROWS = 25;

    private AnswerTable() {}

    static String of(String title, List<PairedAnswer> answers) {
        if (answers.isEmpty()) {
            return "<h3>%s: none</h3>\n".formatted(title);
        }
        int shown = Math.min(answers.size(), MOST_ROWS);
        return """
        <h3>%s: %d%s</h3>
        <div class="scroll"><table class="answers">
        <thead><tr><th>Prompt</th><th>Reference</th><th>Champion</th><th>Challenger</th></tr></thead>
        <tbody>
        %s</tbody></table></div>
        """
                .formatted(
                        title,
                        answers.size(),
                        shown < answers.size() ? ", the first %d shown".formatted(shown) : "",
                        answers.stream()
                                .limit(shown)
                                .map(AnswerTable::row)
                                .collect(Collectors.joining()));
    }

    private static String row(PairedAnswer answer) {
        return """
        <tr><td>%s%s</td><td>%s</td><td class="%s">%s</td><td class="%s">%s</td></tr>
        """
                .formatted(
                        prompt(answer.asked().messages()),
                        answer.asked().tags().stream()
                                .map(tag -> " <span class=\"tag\">%s</span>".formatted(escape(tag)))
                                .collect(Collectors.joining()),
                        escape(String.join("\nor\n", answer.asked().references())),
                        answer.change() < 0 ? "better" : "worse",
                        said(answer.champion().text()),
                        answer.change() > 0 ? "better" : "worse",
                        said(answer.challenger().text()));
    }

    private static String prompt(List<Message> messages) {
        return messages.stream()
                .map(message -> turn(message, messages.size() > 1))
                .collect(Collectors.joining("\n"));
    }

    private static String turn(Message message, boolean named) {
        String role = named ? "<b>%s</b> ".formatted(message.role().name()) : "";
        return role + escape(message.content());
    }

    private static String said(String text) {
        return text.isBlank() ? "<i>nothing</i>" : escape(text);
    }
}

package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.ingest.importer.Shape.Tree.Post;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best answers of one tree of Open Assistant (Köpf et al. 2023, arXiv:2304.07327). People
 * ranked the replies to each prompt, 0 the best; the best one is the answer, and only below it does
 * the conversation go on, along every prompt that follows. So each example is a path from the root
 * on which every reply is the best of its place. Deleted messages and those that reviewers refused
 * are left out with all below them.
 */
final class BestReplies {

    private static final String PROMPTER = "prompter";
    private static final String ASSISTANT = "assistant";

    private final long line;
    private final List<LabelledExample> examples = new ArrayList<>();

    BestReplies(long line) {
        this.line = line;
    }

    Row row(Post root) {
        if (!isFrom(PROMPTER, root)) {
            return new BadRow(line, "has a root that no prompter wrote, or that was taken back");
        }
        follow(root, List.of());
        return examples.isEmpty()
                ? new BadRow(line, "has no reply of an assistant to its prompt")
                : new Row.Usable(line, examples);
    }

    private void follow(Post prompt, List<Message> before) {
        Optional<Post> answer = best(prompt.replies());
        if (answer.isEmpty()) {
            return;
        }
        List<Message> asked = with(before, Message.user(prompt.text()));
        String text = answer.get().text().strip();
        examples.add(new LabelledExample(asked, text, LabelledExample.UNLABELLED, line));
        List<Message> answered = with(asked, new Message(Role.ASSISTANT, text));
        answer.get().replies().stream()
                .filter(reply -> isFrom(PROMPTER, reply))
                .forEach(next -> follow(next, answered));
    }

    /** The lowest rank; one without a rank after all that have one, the first where ranks tie. */
    private static Optional<Post> best(List<Post> replies) {
        return replies.stream()
                .filter(reply -> isFrom(ASSISTANT, reply))
                .min(
                        Comparator.comparingInt(
                                reply -> reply.rank() == null ? Integer.MAX_VALUE : reply.rank()));
    }

    private static boolean isFrom(String role, Post post) {
        boolean takenBack =
                Boolean.TRUE.equals(post.deleted()) || Boolean.FALSE.equals(post.reviewResult());
        return post.role().equals(role) && !takenBack && !post.text().isBlank();
    }

    private static List<Message> with(List<Message> before, Message next) {
        List<Message> messages = new ArrayList<>(before);
        messages.add(next);
        return messages;
    }
}

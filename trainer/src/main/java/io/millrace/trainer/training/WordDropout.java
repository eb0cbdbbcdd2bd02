package io.millrace.trainer.training;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.trainer.training.Sequences.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Leaves words of the prompt out at random, others each epoch, so that a small data set is not
 * learned by heart (word dropout, Iyyer et al. 2015). The answer stays whole, and so does every
 * prompt whose words would all go.
 *
 * @param share of the words left out, 0 to below 1
 */
record WordDropout(double share, BaseModel base) {

    private static final Pattern WORD = Pattern.compile("\\S+\\s*");

    /** The sequence as it is learned this time; never longer than it is whole. */
    Tokens apply(Sequence sequence, SplittableRandom random) {
        if (share == 0) {
            return sequence.tokens();
        }
        List<ChatMessage> prompt = new ArrayList<>();
        for (ChatMessage message : sequence.prompt()) {
            prompt.add(new ChatMessage(message.role(), thinned(message.content(), random)));
        }
        Tokens thinned = base.encode(prompt, sequence.answer());
        return thinned.length() <= sequence.length() ? thinned : sequence.tokens();
    }

    private String thinned(String text, SplittableRandom random) {
        String kept =
                WORD.matcher(text)
                        .results()
                        .map(word -> word.group())
                        .filter(word -> random.nextDouble() >= share)
                        .collect(Collectors.joining());
        return kept.isBlank() ? text : kept.stripTrailing();
    }
}

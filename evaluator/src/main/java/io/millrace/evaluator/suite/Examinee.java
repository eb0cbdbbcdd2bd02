package io.millrace.evaluator.suite;

import io.millrace.schemas.Message;
import java.util.List;
import java.util.function.IntConsumer;

/** A model that sits an examination. */
public interface Examinee extends AutoCloseable {

    /**
     * Answers every prompt, in order, the same way each time.
     *
     * @param answered told how many prompts are answered so far
     * @throws UnansweredException when it cannot
     */
    List<String> answer(List<List<Message>> prompts, IntConsumer answered);

    @Override
    void close();
}

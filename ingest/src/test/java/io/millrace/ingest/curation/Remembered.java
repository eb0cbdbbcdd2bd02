package io.millrace.ingest.curation;

import io.millrace.ingest.curation.NearDuplicates.Member;
import io.millrace.ingest.curation.NearDuplicates.Prompt;
import io.millrace.schemas.ExampleId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The duplicate check's memory, for as long as a test lasts. */
final class Remembered implements Deduplication.Memory {

    private final Map<Long, List<Member>> buckets = new HashMap<>();
    private final Map<String, Prompt> prompts = new HashMap<>();
    private final Map<ExampleId, Deduplication.Published> published = new HashMap<>();
    private final Map<String, ExampleId> holders = new HashMap<>();

    @Override
    public List<Member> bucket(long key) {
        return buckets.getOrDefault(key, List.of());
    }

    @Override
    public void putBuckets(Map<Long, List<Member>> fuller) {
        buckets.putAll(fuller);
    }

    @Override
    public Optional<Prompt> prompt(String id) {
        return Optional.ofNullable(prompts.get(id));
    }

    @Override
    public void putPrompt(Prompt prompt) {
        prompts.put(prompt.id(), prompt);
    }

    @Override
    public Optional<Deduplication.Published> published(ExampleId example) {
        return Optional.ofNullable(published.get(example));
    }

    @Override
    public void putPublished(ExampleId example, Deduplication.Published record) {
        published.put(example, record);
    }

    @Override
    public Optional<ExampleId> holder(String answered) {
        return Optional.ofNullable(holders.get(answered));
    }

    @Override
    public void putHolder(String answered, ExampleId example) {
        holders.put(answered, example);
    }

    @Override
    public void removeHolder(String answered) {
        holders.remove(answered);
    }
}

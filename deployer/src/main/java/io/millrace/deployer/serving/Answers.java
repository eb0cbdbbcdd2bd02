package io.millrace.deployer.serving;

import io.millrace.deployer.serving.ChatRequest.Sampling;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.chat.RefusedConversationException;
import io.millrace.schemas.InteractionId;

/** From a checked request to an answer: names a model, waits for a worker, fits the context. */
final class Answers {

    private final LiveModels models;
    private final Backend backend;
    private final Workers workers;
    private final int defaultMaxTokens;

    Answers(LiveModels models, Backend backend, Workers workers, int defaultMaxTokens) {
        this.models = models;
        this.backend = backend;
        this.workers = workers;
        this.defaultMaxTokens = defaultMaxTokens;
    }

    /**
     * The lease is taken before the queue: whoever waits keeps the model that was live on arrival.
     */
    Answer answer(ChatRequest request, InteractionId id) {
        try (Lease lease = lease(request.model())) {
            return workers.run(() -> new Answer(lease.model(), generate(lease, request, id)));
        }
    }

    private Generation generate(Lease lease, ChatRequest request, InteractionId id) {
        int promptTokens = promptTokens(request);
        int room = backend.contextTokens() - promptTokens;
        if (room < 1) {
            throw ApiError.contextLength(backend.contextTokens(), promptTokens);
        }
        return lease.respond(request.messages(), options(request.sampling(), room, id));
    }

    private int promptTokens(ChatRequest request) {
        try {
            return backend.promptTokens(request.messages());
        } catch (RefusedConversationException e) {
            throw ApiError.conversation(String.valueOf(e.getMessage()));
        }
    }

    private GenerationOptions options(Sampling sampling, int room, InteractionId id) {
        Integer wanted = sampling.maxTokens();
        Long seed = sampling.seed();
        return new GenerationOptions(
                Math.min(wanted == null ? defaultMaxTokens : wanted, room),
                sampling.temperature(),
                sampling.topP(),
                seed == null ? id.value().hashCode() : seed);
    }

    private Lease lease(String model) {
        return models.acquire(model)
                .orElseThrow(
                        () -> models.ready() ? ApiError.unknownModel(model) : ApiError.notReady());
    }
}

package io.millrace.deployer.serving;

import org.jspecify.annotations.Nullable;

/** A request that gets no answer, in the words of OpenAI's API. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The statuses that are spoken here. */
    enum Kind {
        INVALID_REQUEST(400, "invalid_request_error"),
        NOT_FOUND(404, "invalid_request_error"),
        TOO_LARGE(413, "invalid_request_error"),
        OVERLOADED(429, "rate_limit_error"),
        INTERNAL(500, "server_error"),
        NOT_READY(503, "server_error");

        final int status;
        final String type;

        Kind(int status, String type) {
            this.status = status;
            this.type = type;
        }
    }

    private final Kind kind;
    private final @Nullable String param;
    private final @Nullable String code;

    private ApiError(Kind kind, String message, @Nullable String param, @Nullable String code) {
        super(message, null, false, false);
        this.kind = kind;
        this.param = param;
        this.code = code;
    }

    static ApiError invalid(String param, String message) {
        return new ApiError(Kind.INVALID_REQUEST, message, param, "invalid_value");
    }

    static ApiError missing(String param) {
        return new ApiError(
                Kind.INVALID_REQUEST, param + " is missing", param, "missing_required_parameter");
    }

    static ApiError unsupported(String param, String message) {
        return new ApiError(Kind.INVALID_REQUEST, message, param, "unsupported_parameter");
    }

    static ApiError notJson(String why) {
        return new ApiError(
                Kind.INVALID_REQUEST,
                "the body is not a JSON object: " + why,
                null,
                "invalid_json");
    }

    static ApiError contextLength(int contextTokens, int promptTokens) {
        return new ApiError(
                Kind.INVALID_REQUEST,
                ("This model's context is %d tokens, answer included; the messages have %d."
                                + " Shorten them.")
                        .formatted(contextTokens, promptTokens),
                "messages",
                "context_length_exceeded");
    }

    /** The model's chat format has no place for these turns. */
    static ApiError conversation(String why) {
        return new ApiError(Kind.INVALID_REQUEST, why, "messages", "invalid_conversation");
    }

    static ApiError unknownModel(String model) {
        return new ApiError(
                Kind.NOT_FOUND,
                "the model '%s' does not exist: GET /v1/models lists those that do"
                        .formatted(model),
                "model",
                "model_not_found");
    }

    static ApiError unknownPath(String method, String path) {
        return new ApiError(
                Kind.NOT_FOUND,
                "unknown request: %s %s".formatted(method, path),
                null,
                "unknown_url");
    }

    static ApiError tooLarge(int limitBytes) {
        return new ApiError(
                Kind.TOO_LARGE,
                "the body is larger than %,d bytes".formatted(limitBytes),
                null,
                "request_too_large");
    }

    static ApiError overloaded() {
        return new ApiError(
                Kind.OVERLOADED,
                "too many requests wait for an answer: try again",
                null,
                "overloaded");
    }

    static ApiError notReady() {
        return new ApiError(Kind.NOT_READY, "no model is live yet: try again", null, "not_ready");
    }

    static ApiError internal() {
        return new ApiError(
                Kind.INTERNAL,
                "the model could not answer; the log says why",
                null,
                "internal_error");
    }

    int status() {
        return kind.status;
    }

    String type() {
        return kind.type;
    }

    @Nullable String param() {
        return param;
    }

    @Nullable String code() {
        return code;
    }

    /** Whether the same request may succeed a moment later. */
    boolean passing() {
        return kind == Kind.OVERLOADED || kind == Kind.NOT_READY;
    }
}

package lull.applications.assistant;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import lull.runtime.http.BoundedHttpClient;
import org.jspecify.annotations.Nullable;

/// Language model behind an API like OpenAI's chat completions, called with langchain4j. It asks
/// once: what is tried again, and when, others decide. Safe for several threads.
final class OpenAiModel implements Model {

    /// Sent to servers that want no key, as langchain4j would send none at all.
    private static final String NO_KEY = "none";

    private final String name;
    private final Options options;
    private final BoundedHttpClient client;
    private final ResponseFormat format;

    /// How a model is called.
    ///
    /// @param url of the API, to which `/chat/completions` is added
    /// @param key of the API; asked at each call, by several threads
    /// @param model its name at the API
    /// @param isStrict whether the API enforces a schema; if not, it is asked for any JSON
    /// @param maxTokens of an answer; 0 for as many as the API allows
    /// @param maxAnswerBytes of an answer's body
    /// @param intents between which the model chooses
    /// @param actions that it may ask for
    record Options(
            URI url,
            Supplier<Optional<String>> key,
            String model,
            boolean isStrict,
            int maxTokens,
            int maxAnswerBytes,
            List<String> intents,
            List<String> actions) {}

    /// @param name of the destination
    /// @param client which the caller closes
    OpenAiModel(String name, Options options, BoundedHttpClient client) {
        this.name = name;
        this.options = options;
        this.client = client;
        this.format = format(options);
    }

    @Override
    public Completion complete(String instructions, String turn, Duration limit) throws InterruptedException {
        try {
            return completion(model(limit)
                    .chat(ChatRequest.builder()
                            .messages(SystemMessage.from(instructions), UserMessage.from(turn))
                            .responseFormat(format)
                            .build()));
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    /// A new one for each call costs nothing, and has the key, and the time, of this call.
    private OpenAiChatModel model(Duration limit) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(new ModelHttpClient.Builder(name, client, limit, options.maxAnswerBytes()))
                .baseUrl(options.url().toString())
                .apiKey(options.key().get().orElse(NO_KEY))
                .modelName(options.model())
                .strictJsonSchema(options.isStrict())
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false);
        return options.maxTokens() > 0
                ? builder.maxCompletionTokens(options.maxTokens()).build()
                : builder.build();
    }

    private Completion completion(ChatResponse response) {
        FinishReason finish = response.finishReason();
        if (finish == FinishReason.LENGTH) {
            return new Completion.Cut();
        }
        if (finish == FinishReason.CONTENT_FILTER) {
            return new Completion.Declined();
        }
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            return new Completion.Retry(Duration.ZERO, "Destination " + name + " answers nothing");
        }
        var usage = response.tokenUsage();
        return new Completion.Written(
                text,
                Objects.requireNonNullElse(response.modelName(), options.model()),
                usage == null ? 0 : tokens(usage.inputTokenCount()),
                usage == null ? 0 : tokens(usage.outputTokenCount()));
    }

    private static long tokens(@Nullable Integer number) {
        return number == null ? 0 : Math.max(0, number);
    }

    private Completion failure(RuntimeException e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ModelHttpClient.CallFailed failed -> {
                    return failed.completion();
                }
                case ModelHttpClient.Interrupted _ -> {
                    throw new InterruptedException("The call was interrupted");
                }
                case ContentFilteredException _ -> {
                    return new Completion.Declined();
                }
                default -> {
                    // Its cause may say more.
                }
            }
        }
        // Without choices, or with JSON of another form; its message may have words of the customer.
        return new Completion.Retry(
                Duration.ZERO,
                "Destination " + name + " answers something else than a completion ("
                        + (e instanceof InternalServerException
                                ? "no choices"
                                : e.getClass().getSimpleName()) + ")");
    }

    private static ResponseFormat format(Options options) {
        if (!options.isStrict()) {
            return ResponseFormat.JSON;
        }
        JsonObjectSchema action = JsonObjectSchema.builder()
                .addProperty(
                        "name",
                        options.actions().isEmpty()
                                ? new JsonStringSchema()
                                : JsonEnumSchema.builder()
                                        .enumValues(options.actions())
                                        .build())
                .addStringProperty("value")
                .required("name", "value")
                .additionalProperties(false)
                .build();
        JsonObjectSchema answer = JsonObjectSchema.builder()
                .addBooleanProperty("shouldRespond")
                .addStringProperty("content")
                .addNumberProperty("confidence")
                .addEnumProperty("intent", options.intents())
                .addEnumProperty(
                        "handOver",
                        Arrays.stream(AssistantAnswer.Wish.values())
                                .map(AssistantAnswer.Wish::word)
                                .toList())
                .addStringProperty("summary")
                .addProperty("actions", JsonArraySchema.builder().items(action).build())
                .required("shouldRespond", "content", "confidence", "intent", "handOver", "summary", "actions")
                .additionalProperties(false)
                .build();
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(
                        JsonSchema.builder().name("answer").rootElement(answer).build())
                .build();
    }
}

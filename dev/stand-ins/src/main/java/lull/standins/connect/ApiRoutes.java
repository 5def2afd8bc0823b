package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.InstantSource;
import java.util.Optional;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;

/// The HTTP edge of both APIs: from a request to an `ApiCall`, and from its outcome to an answer in Amazon's
/// form.
final class ApiRoutes {
    private final ConnectApi connect;
    private final ParticipantApi participant;
    private final AttachmentApi attachments;
    private final ReplayBook replays;
    private final TokenBook tokens;
    private final FaultBook faults;
    private final CallLog calls;
    private final InstantSource clock;
    private final Quotas limits;

    private record Answer(int status, String code, ObjectNode body) {}

    ApiRoutes(
            ConnectApi connect,
            ParticipantApi participant,
            AttachmentApi attachments,
            ReplayBook replays,
            TokenBook tokens,
            FaultBook faults,
            CallLog calls,
            InstantSource clock,
            Quotas limits) {
        this.limits = limits;
        this.connect = connect;
        this.participant = participant;
        this.attachments = attachments;
        this.replays = replays;
        this.tokens = tokens;
        this.faults = faults;
        this.calls = calls;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.before(context -> context.header("x-amzn-RequestId", ConnectApi.newId()));
        for (Operation operation : Operation.values()) {
            routes.addHttpHandler(
                    HandlerType.findOrCreate(operation.method()),
                    operation.path(),
                    context -> handle(operation, context));
        }
    }

    /// The answer where there is no operation.
    static void answerUnknown(Context context) {
        write(context, new Answer(404, "UnknownOperationException", Json.object()));
    }

    private void handle(Operation operation, Context context) {
        String bearer = Optional.ofNullable(context.header("X-Amz-Bearer")).orElse("");
        Optional<ObjectNode> body = Json.read(context.bodyAsBytes());
        ApiCall call = new ApiCall(
                operation, bearer, new Members(operation.api(), body.orElseGet(Json::object)), context.pathParamMap());
        Optional<Fault> fault = faults.take(operation.title(), context.path() + " " + context.body());
        fault.ifPresent(Fault::pause);
        Optional<Answer> failure = fault.flatMap(played -> failure(call, played));
        Answer answer;
        if (failure.isPresent() && !fault.map(Fault::takesEffect).orElse(false)) {
            answer = failure.get();
        } else {
            Answer real = body.isPresent() ? carryOut(call) : unreadable(call);
            answer = failure.orElse(real);
        }
        String clientToken =
                body.map(json -> json.path("ClientToken").asText("")).orElse("");
        String contactId = contactId(call, body.orElseGet(Json::object), answer.body());
        calls.add(new CallLog.Call(
                clock.instant(), operation.title(), contactId, clientToken, answer.status(), answer.code()));
        if (fault.map(Fault::reset).orElse(false)) {
            Json.breakOff(context, answer.status(), answer.body());
        } else if (fault.map(Fault::hangs).orElse(false)) {
            Json.hang(context, answer.status(), answer.body());
        } else {
            write(context, answer);
        }
    }

    private Answer carryOut(ApiCall call) {
        try {
            if (!limits.allows(call.operation())) {
                throw ApiException.throttled(call.operation().api());
            }
            String token = call.clientToken();
            ObjectNode body = token.isEmpty()
                    ? perform(call)
                    : replays.answer(new ReplayBook.Key(call.operation(), caller(call), token), () -> perform(call));
            return new Answer(200, "", body);
        } catch (ApiException refused) {
            return new Answer(refused.status(), refused.code(), message(call, String.valueOf(refused.getMessage())));
        }
    }

    private ObjectNode perform(ApiCall call) {
        return switch (call.operation()) {
            case START_CHAT_CONTACT -> connect.startChat(call);
            case START_CONTACT_STREAMING -> connect.startStreaming(call);
            case STOP_CONTACT_STREAMING -> connect.stopStreaming(call);
            case STOP_CONTACT -> connect.stopContact(call);
            case DESCRIBE_CONTACT -> connect.describe(call);
            case DESCRIBE_INSTANCE -> connect.describeInstance(call);
            case DESCRIBE_CONTACT_FLOW -> connect.describeFlow(call);
            case UPDATE_CONTACT_ATTRIBUTES -> connect.updateAttributes(call);
            case GET_CONTACT_ATTRIBUTES -> connect.getAttributes(call);
            case UPDATE_PARTICIPANT_ROLE_CONFIG -> connect.setTimers(call);
            case SEND_CHAT_INTEGRATION_EVENT -> throw ApiException.notForCustomers();
            case CREATE_PARTICIPANT_CONNECTION -> participant.createConnection(call);
            case SEND_MESSAGE -> participant.sendMessage(call);
            case SEND_EVENT -> participant.sendEvent(call);
            case GET_TRANSCRIPT -> participant.getTranscript(call);
            case DISCONNECT_PARTICIPANT -> participant.disconnect(call);
            case START_ATTACHMENT_UPLOAD -> attachments.startUpload(call);
            case COMPLETE_ATTACHMENT_UPLOAD -> attachments.completeUpload(call);
            case GET_ATTACHMENT -> attachments.get(call);
        };
    }

    // A ClientToken belongs to the participant, not to the connection token: a refreshed connection token that
    // repeats a message must not say it twice. Whoever has no right to call gets no old answer either.
    private String caller(ApiCall call) {
        return switch (call.operation().api()) {
            case CONNECT -> call.body().text("InstanceId", 1, 100);
            case PARTICIPANT ->
                tokens.connection(call.bearer())
                        .orElseThrow(ApiException::accessDenied)
                        .opening()
                        .customer()
                        .id();
        };
    }

    // A fault without status and code is a mere delay.
    private static Optional<Answer> failure(ApiCall call, Fault fault) {
        return fault.status()
                .or(() ->
                        fault.code().isEmpty() ? Optional.empty() : Optional.of(ApiException.usualStatus(fault.code())))
                .map(status -> new Answer(status, fault.code(), message(call, fault.message())));
    }

    private static Answer unreadable(ApiCall call) {
        return new Answer(400, "SerializationException", message(call, "The body is not a JSON object"));
    }

    // The two services spell the member differently.
    private static ObjectNode message(ApiCall call, String text) {
        return switch (call.operation().api()) {
            case CONNECT -> Json.object().put("Message", text);
            case PARTICIPANT -> Json.object().put("message", text);
        };
    }

    private String contactId(ApiCall call, ObjectNode request, ObjectNode answer) {
        return Optional.of(answer.path("ContactId").asText(""))
                .filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(call.labels().get("ContactId")))
                .or(() -> Optional.ofNullable(call.labels().get("InitialContactId")))
                .or(() ->
                        tokens.chatOf(call.bearer()).map(chat -> chat.opening().contactId()))
                .orElseGet(() -> request.path("ContactId")
                        .asText(request.path("InitialContactId").asText("")));
    }

    private static void write(Context context, Answer answer) {
        if (answer.status() != 200 && !answer.code().isEmpty()) {
            context.header("x-amzn-ErrorType", answer.code());
        }
        Json.answer(context, answer.status(), answer.body());
    }
}

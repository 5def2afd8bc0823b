package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lull.standins.http.Json;

/// The operations of the Connect API.
final class ConnectApi {
    enum Rehydration {
        ENTIRE_PAST_SESSION,
        FROM_SEGMENT
    }

    private static final int LONGEST_ID = 256;
    private static final int LONGEST_CONTENT = 16_384;
    private static final int MOST_ATTRIBUTE_BYTES = 32_768;
    private static final int MOST_TIMERS = 6;
    private static final int DEFAULT_MINUTES = 1_500;
    private static final Set<String> SUPPORTABLE = Set.of(
            ContentTypes.TEXT,
            ContentTypes.MARKDOWN,
            ContentTypes.JSON,
            ContentTypes.INTERACTIVE,
            ContentTypes.INTERACTIVE_RESPONSE);

    private final ConnectStandIn.Options options;
    private final Lifetimes lifetimes;
    private final Quotas limits;
    private final Chats chats;
    private final TokenBook tokens;
    private final Chat.Publisher publisher;
    private final Predicate<String> isTopic;

    ConnectApi(
            ConnectStandIn.Options options,
            Lifetimes lifetimes,
            Quotas limits,
            Chats chats,
            TokenBook tokens,
            Chat.Publisher publisher,
            Predicate<String> isTopic) {
        this.options = options;
        this.lifetimes = lifetimes;
        this.limits = limits;
        this.chats = chats;
        this.tokens = tokens;
        this.publisher = publisher;
        this.isTopic = isTopic;
    }

    ObjectNode startChat(ApiCall call) {
        checkInstance(call.body().text("InstanceId", 1, 100));
        Opening opening = opening(call.body());
        Optional<Said> initialMessage =
                call.body().optionalObject("InitialMessage").map(message -> initialMessage(message, opening));
        Optional<Source> continuedFrom =
                call.body().optionalObject("PersistentChat").map(this::source);
        if (limits.isFull(chats.open())) {
            throw new ApiException(429, "LimitExceededException", "Too many chats at the same time");
        }
        Chat chat = new Chat(opening, options.clock(), lifetimes, ConnectApi::newId, publisher);
        continuedFrom.ifPresent(source -> chat.continueFrom(source.contactId(), source.said()));
        initialMessage.ifPresent(chat::openWith);
        chats.add(chat);
        ObjectNode answer = Json.object()
                .put("ContactId", opening.contactId())
                .put("ParticipantId", opening.customer().id())
                .put("ParticipantToken", tokens.participantToken(chat));
        continuedFrom.ifPresent(source -> answer.put("ContinuedFromContactId", source.contactId()));
        return answer;
    }

    private Opening opening(Members body) {
        String flowId = body.text("ContactFlowId", 1, 500);
        Members details = body.object("ParticipantDetails");
        Participant customer = new Participant(newId(), details.text("DisplayName", 1, 256), Participant.Role.CUSTOMER);
        Map<String, String> attributes = attributes(body);
        List<String> types = body.texts("SupportedMessagingContentTypes");
        if (!types.isEmpty() && (!types.contains(ContentTypes.TEXT) || !SUPPORTABLE.containsAll(types))) {
            throw body.invalid(
                    "SupportedMessagingContentTypes", "must contain text/plain and nothing but " + SUPPORTABLE);
        }
        long minutes = body.number("ChatDurationInMinutes", 60, 10_080).orElse((long) DEFAULT_MINUTES);
        Optional<String> related = body.optionalText("RelatedContactId", 1, LONGEST_ID);
        if (related.isPresent() && body.has("PersistentChat")) {
            throw ApiException.invalidRequest("RelatedContactId and PersistentChat exclude each other");
        }
        body.optionalText("CustomerId", 1, 128);
        Flow flow = Optional.ofNullable(options.flows().get(flowId))
                .orElseThrow(() -> ApiException.notFound("No contact flow " + flowId));
        return new Opening(
                newId(),
                flowId,
                flow,
                customer,
                new Participant(newId(), "SYSTEM_MESSAGE", Participant.Role.SYSTEM),
                types.isEmpty() ? Set.of(ContentTypes.TEXT) : Set.copyOf(types),
                attributes,
                Duration.ofMinutes(minutes),
                related.orElse(null),
                options.clock().instant());
    }

    private Said initialMessage(Members message, Opening opening) {
        String type = message.text("ContentType", 1, 100);
        String content = message.text("Content", 1, LONGEST_CONTENT);
        if (!opening.contentTypes().contains(type)) {
            throw message.invalid("ContentType", "must be one that the contact supports");
        }
        if (!options.messageSizes().allow(type, content)) {
            throw message.invalid("Content", "is too long");
        }
        return Said.message(opening.customer(), type, content, Said.Visibility.ALL);
    }

    /// What a persistent chat goes on from.
    ///
    /// @param contactId the segment that it continues
    /// @param said what it shows of before
    private record Source(String contactId, List<TranscriptItem> said) {
        Source {
            said = List.copyOf(said);
        }
    }

    private Source source(Members persistent) {
        Rehydration type = persistent
                .choice("RehydrationType", Rehydration.class)
                .orElseThrow(() -> persistent.missing("RehydrationType"));
        String sourceId = persistent.text("SourceContactId", 1, LONGEST_ID);
        Chat source = chats.find(sourceId).orElseThrow(() -> ApiException.notFound("No contact " + sourceId));
        if (!source.isOver()) {
            throw ApiException.invalidRequest("The source contact has not ended");
        }
        Chat.Snapshot before = source.snapshot();
        List<TranscriptItem> said = Stream.concat(source.past().stream(), before.transcript().stream())
                .toList();
        return switch (type) {
            case ENTIRE_PAST_SESSION -> {
                if (!sourceId.equals(source.opening().contactId())) {
                    throw ApiException.invalidRequest("ENTIRE_PAST_SESSION needs the initial contact");
                }
                yield new Source(before.contactId(), said);
            }
            case FROM_SEGMENT ->
                new Source(
                        sourceId,
                        said.stream()
                                .filter(item -> item.contactId().equals(sourceId))
                                .toList());
        };
    }

    ObjectNode startStreaming(ApiCall call) {
        checkInstance(call.body().text("InstanceId", 1, 100));
        String contactId = call.body().text("ContactId", 1, LONGEST_ID);
        String topic = call.body().object("ChatStreamingConfiguration").text("StreamingEndpointArn", 1, 350);
        if (call.clientToken().isEmpty()) {
            throw call.body().missing("ClientToken");
        }
        Chat chat = chat(contactId);
        if (!isTopic.test(topic)) {
            throw call.body()
                    .invalid(
                            "ChatStreamingConfiguration.StreamingEndpointArn",
                            "must be a standard topic of this instance's Region");
        }
        if (chat.isOver()) {
            throw ApiException.invalidRequest("The contact has ended");
        }
        String streamingId = newId();
        if (!chat.addStream(streamingId, topic)) {
            throw new ApiException(429, "LimitExceededException", "A contact streams to two topics at most");
        }
        return Json.object().put("StreamingId", streamingId);
    }

    ObjectNode stopStreaming(ApiCall call) {
        checkInstance(call.body().text("InstanceId", 1, 100));
        Chat chat = chat(call.body().text("ContactId", 1, LONGEST_ID));
        if (!chat.removeStream(call.body().text("StreamingId", 1, 100))) {
            throw ApiException.notFound("No such streaming");
        }
        return Json.object();
    }

    ObjectNode stopContact(ApiCall call) {
        checkInstance(call.body().text("InstanceId", 1, 100));
        String contactId = call.body().text("ContactId", 1, LONGEST_ID);
        boolean ended = chats.find(contactId)
                .map(chat -> chat.end(DisconnectReason.API))
                .orElse(false);
        if (!ended) {
            throw new ApiException(410, "ContactNotFoundException", "The contact does not exist or has ended");
        }
        return Json.object();
    }

    ObjectNode describe(ApiCall call) {
        checkInstance(call.label("InstanceId", 300));
        String contactId = call.label("ContactId", LONGEST_ID);
        Chat.Snapshot chat = chat(contactId).snapshot();
        Opening opening = chat.opening();
        ObjectNode contact = Json.object()
                .put(
                        "Arn",
                        "arn:aws:connect:us-east-1:123456789012:instance/%s/contact/%s"
                                .formatted(options.instanceId(), contactId))
                .put("Id", contactId)
                .put("InitialContactId", opening.contactId())
                .put("Channel", "CHAT")
                .put("InitiationMethod", contactId.equals(opening.contactId()) ? "API" : "TRANSFER");
        contact.put("InitiationTimestamp", epochSeconds(opening.at()));
        if (opening.relatedContactId() != null) {
            contact.put("RelatedContactId", opening.relatedContactId());
        }
        switch (chat.state()) {
            case ChatState.Ended ended ->
                contact.put("DisconnectReason", ended.reason().name())
                        .put("DisconnectTimestamp", epochSeconds(ended.at()));
            case ChatState.WithAgent with ->
                contact.putObject("AgentInfo").put("Id", with.agent().id());
            case ChatState.Created _, ChatState.Queued _, ChatState.InDisconnectFlow _ -> {}
        }
        ObjectNode attributes = contact.putObject("Attributes");
        chat.attributes().forEach(attributes::put);
        return Json.object().set("Contact", contact);
    }

    ObjectNode updateAttributes(ApiCall call) {
        checkInstance(call.body().text("InstanceId", 1, 100));
        String contactId = call.body().text("InitialContactId", 1, LONGEST_ID);
        if (!call.body().has("Attributes")) {
            throw call.body().missing("Attributes");
        }
        Map<String, String> attributes = attributes(call.body());
        initial(contactId).addAttributes(attributes);
        return Json.object();
    }

    ObjectNode getAttributes(ApiCall call) {
        checkInstance(call.label("InstanceId", 300));
        ObjectNode attributes = Json.object();
        initial(call.label("InitialContactId", LONGEST_ID))
                .snapshot()
                .attributes()
                .forEach(attributes::put);
        return Json.object().set("Attributes", attributes);
    }

    ObjectNode setTimers(ApiCall call) {
        checkInstance(call.label("InstanceId", 100));
        Chat chat = chat(call.label("ContactId", LONGEST_ID));
        Members chatConfiguration = call.body().object("ChannelConfiguration").object("Chat");
        List<Members> given = chatConfiguration.objects("ParticipantTimerConfigList");
        if (given.isEmpty() || given.size() > MOST_TIMERS) {
            throw chatConfiguration.invalid(
                    "ParticipantTimerConfigList", "must have from 1 to " + MOST_TIMERS + " items");
        }
        Map<ParticipantTimer, Optional<Long>> timers = new LinkedHashMap<>();
        for (Members one : given) {
            ParticipantTimer timer = new ParticipantTimer(
                    one.choice("ParticipantRole", ParticipantTimer.Role.class)
                            .orElseThrow(() -> one.missing("ParticipantRole")),
                    one.choice("TimerType", ParticipantTimer.Type.class).orElseThrow(() -> one.missing("TimerType")));
            if (timers.put(timer, minutes(one.object("TimerValue"))) != null) {
                throw chatConfiguration.invalid("ParticipantTimerConfigList", "must have each timer once");
            }
        }
        chat.setTimers(timers);
        return Json.object();
    }

    /// The duration of a timer; empty unsets it.
    private static Optional<Long> minutes(Members value) {
        Optional<Long> minutes = value.number("ParticipantTimerDurationInMinutes", 2, 480);
        Optional<ParticipantTimer.Action> action =
                value.choice("ParticipantTimerAction", ParticipantTimer.Action.class);
        if (minutes.isPresent() == action.isPresent()) {
            throw value.invalid(
                    "ParticipantTimerDurationInMinutes", "or ParticipantTimerAction must be given, and not both");
        }
        return minutes;
    }

    private Map<String, String> attributes(Members body) {
        Map<String, String> attributes = body.map("Attributes");
        int bytes = 0;
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            if (!entry.getKey().matches("[A-Za-z0-9_-]+")) {
                throw body.invalid("Attributes", "has a key with other characters than A-Z, a-z, 0-9, _ and -");
            }
            bytes += entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_ATTRIBUTE_BYTES) {
            throw body.invalid("Attributes", "must not be larger than 32 KB");
        }
        return attributes;
    }

    ObjectNode describeInstance(ApiCall call) {
        String id = call.label("InstanceId", 100);
        checkInstance(id);
        return object(
                "Instance",
                Json.object()
                        .put("Id", options.instanceId())
                        .put("Arn", "arn:aws:connect:us-east-1:123456789012:instance/" + options.instanceId())
                        .put("IdentityManagementType", "CONNECT_MANAGED")
                        .put("InstanceStatus", "ACTIVE"));
    }

    ObjectNode describeFlow(ApiCall call) {
        checkInstance(call.label("InstanceId", 100));
        String id = call.label("ContactFlowId", 500);
        if (!options.flows().containsKey(id)) {
            throw ApiException.notFound("No contact flow " + id);
        }
        return object(
                "ContactFlow",
                Json.object()
                        .put(
                                "Arn",
                                "arn:aws:connect:us-east-1:123456789012:instance/%s/contact-flow/%s"
                                        .formatted(options.instanceId(), id))
                        .put("Id", id)
                        .put("Name", id)
                        .put("Type", "CONTACT_FLOW")
                        .put("State", "ACTIVE")
                        .put("Status", "PUBLISHED"));
    }

    private static ObjectNode object(String name, ObjectNode value) {
        ObjectNode object = Json.object();
        object.set(name, value);
        return object;
    }

    private void checkInstance(String idOrArn) {
        String id = idOrArn.substring(idOrArn.lastIndexOf('/') + 1);
        if (!id.equals(options.instanceId())) {
            throw ApiException.notFound("No instance " + idOrArn);
        }
    }

    private Chat chat(String contactId) {
        return chats.find(contactId).orElseThrow(() -> ApiException.notFound("No contact " + contactId));
    }

    private Chat initial(String contactId) {
        return chats.findByInitial(contactId)
                .orElseThrow(() -> ApiException.notFound("No contact begins as " + contactId));
    }

    private static double epochSeconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }
}

package lull.connect;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Amazon Connect in memory: contacts, tokens and the repetition of client tokens, as far as the bridge
/// depends on them.
public final class FakeConnect implements ConnectPort, ParticipantPort {

    /// A chat with what the agent sees of the customer.
    public static final class FakeChat {
        public final String id;
        public final ChatRequest request;
        public final List<String> shown = new ArrayList<>();
        public boolean streamed;
        public boolean flowRuns;
        public boolean over;
        public final List<String> files = new ArrayList<>();
        public final Map<String, String> attributes = new HashMap<>();
        public final List<ParticipantTimer> timers = new ArrayList<>();
        public int connections;

        FakeChat(String id, ChatRequest request) {
            this.id = id;
            this.request = request;
        }
    }

    public final Map<String, FakeChat> chats = new LinkedHashMap<>();
    public final List<String> calls = new ArrayList<>();

    /// Lets a call pass, among troubles.
    public static final ConnectError NONE = new ConnectError.Transient("none");

    /// Taken, in order, instead of doing a call.
    public final Deque<ConnectError> troubles = new ArrayDeque<>();

    /// Contacts are over as soon as they are made.
    public boolean startsOver;

    public boolean flowEndsAtOnce;
    public Instant tokenExpiry = Instant.parse("2026-01-02T00:00:00Z");

    private final Map<String, String> contactByToken = new HashMap<>();
    private final Map<String, Accepted> acceptedByToken = new HashMap<>();
    private final Map<String, String> announced = new HashMap<>();
    private final Set<String> uploaded = new HashSet<>();
    private final Set<String> completed = new HashSet<>();
    private int validConnection;

    /// All connection tokens handed out so far are refused from now on.
    public void expireTokens() {
        validConnection =
                chats.values().stream().mapToInt(chat -> chat.connections).sum();
    }

    public FakeChat chat(int number) {
        return new ArrayList<>(chats.values()).get(number);
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        calls.add("start");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        String id =
                contactByToken.computeIfAbsent(request.clientToken(), _ -> "contact-" + (contactByToken.size() + 1));
        chats.computeIfAbsent(id, _ -> {
            FakeChat chat = new FakeChat(id, request);
            String initial = request.initialMessage();
            if (initial != null) {
                chat.shown.add(initial);
            }
            chat.over = startsOver;
            return chat;
        });
        return new Answer.Ok<>(new StartedChat(id, "participant:" + id));
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        calls.add("stream");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = chats.get(initialContactId);
        if (chat == null || chat.over) {
            return new Answer.Failed<>(new ConnectError.NotFound("over"));
        }
        chat.streamed = true;
        return new Answer.Ok<>("streaming");
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        calls.add("describe");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = chats.get(contactId);
        if (chat == null) {
            return new Answer.Failed<>(new ConnectError.NotFound("no contact"));
        }
        String reason = chat.flowRuns ? "CONTACT_FLOW_DISCONNECT" : "CUSTOMER_CONNECTION_NOT_ESTABLISHED";
        return new Answer.Ok<>(chat.over ? new Contact(true, reason) : new Contact(false, null));
    }

    @Override
    public Answer<String> setTimers(String instanceId, String contactId, List<ParticipantTimer> timers) {
        calls.add("timers");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = chats.get(contactId);
        if (chat == null) {
            return new Answer.Failed<>(new ConnectError.NotFound("no contact"));
        }
        chat.timers.addAll(timers);
        return new Answer.Ok<>(contactId);
    }

    @Override
    public Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes) {
        calls.add("attributes");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = chats.get(initialContactId);
        if (chat == null) {
            return new Answer.Failed<>(new ConnectError.NotFound("no contact"));
        }
        chat.attributes.putAll(attributes);
        return new Answer.Ok<>(initialContactId);
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        calls.add(start ? "connect" : "refresh");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = get(participantToken.substring("participant:".length()));
        if (chat.over) {
            return new Answer.Failed<>(new ConnectError.AccessDenied());
        }
        if (start && !chat.streamed) {
            throw new AssertionError("The flow would run before anybody listens");
        }
        chat.flowRuns |= start;
        chat.over = flowEndsAtOnce;
        chat.connections++;
        int number =
                chats.values().stream().mapToInt(other -> other.connections).sum();
        return new Answer.Ok<>(new Connection(chat.id + ":" + number, tokenExpiry));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        calls.add("send");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = chatOf(connectionToken);
        if (chat == null) {
            return new Answer.Failed<>(new ConnectError.AccessDenied());
        }
        Accepted accepted = acceptedByToken.computeIfAbsent(chat.id + clientToken, _ -> {
            chat.shown.add(text);
            return new Accepted("message-" + chat.id + "-" + chat.shown.size(), Instant.EPOCH.plus(Duration.ofDays(1)));
        });
        return new Answer.Ok<>(accepted);
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        calls.add("announce");
        ConnectError trouble = trouble();
        FakeChat chat = chatOf(connectionToken);
        if (trouble != null || chat == null) {
            return new Answer.Failed<>(trouble == null ? new ConnectError.AccessDenied() : trouble);
        }
        announced.put(clientToken, file.name());
        return new Answer.Ok<>(new Upload(clientToken, URI.create("http://files/" + clientToken), Map.of()));
    }

    @Override
    public Answer<String> upload(Upload upload, Path file) {
        calls.add("upload");
        ConnectError trouble = trouble();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        uploaded.add(upload.attachmentId());
        return new Answer.Ok<>(upload.attachmentId());
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        calls.add("complete");
        ConnectError trouble = trouble();
        FakeChat chat = chatOf(connectionToken);
        if (trouble != null || chat == null) {
            return new Answer.Failed<>(trouble == null ? new ConnectError.AccessDenied() : trouble);
        }
        if (!uploaded.contains(attachmentId)) {
            return new Answer.Failed<>(new ConnectError.Invalid("not uploaded"));
        }
        if (completed.add(attachmentId)) {
            chat.files.add(Objects.requireNonNull(announced.get(attachmentId)));
        }
        return new Answer.Ok<>(attachmentId);
    }

    @Override
    public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
        throw new UnsupportedOperationException("Events are for ScriptedChat");
    }

    @Override
    public Answer<String> disconnect(String connectionToken, String clientToken) {
        calls.add("disconnect");
        ConnectError trouble = trouble();
        return trouble == null && chatOf(connectionToken) != null
                ? new Answer.Ok<>(clientToken)
                : new Answer.Failed<>(trouble == null ? new ConnectError.AccessDenied() : trouble);
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        throw new UnsupportedOperationException("Transcripts are for ScriptedChat");
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        throw new UnsupportedOperationException("Transcripts are for ScriptedChat");
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        throw new UnsupportedOperationException("Files of agents are for ScriptedChat");
    }

    /// Both APIs.
    public ConnectApis apis() {
        return new ConnectApis(this, this);
    }

    private @Nullable ConnectError trouble() {
        ConnectError next = troubles.poll();
        return NONE.equals(next) ? null : next;
    }

    /// The chat that a connection token is good for; none where it is not good.
    private @Nullable FakeChat chatOf(String connectionToken) {
        int colon = connectionToken.lastIndexOf(':');
        FakeChat chat = get(connectionToken.substring(0, colon));
        boolean expired = Integer.parseInt(connectionToken.substring(colon + 1)) <= validConnection;
        return chat.over || expired ? null : chat;
    }

    private FakeChat get(String id) {
        FakeChat chat = chats.get(id);
        if (chat == null) {
            throw new AssertionError("No such contact: " + id);
        }
        return chat;
    }
}

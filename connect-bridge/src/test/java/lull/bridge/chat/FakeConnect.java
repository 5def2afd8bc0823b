package lull.bridge.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.bridge.connect.Answer;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.ConnectPort;

/// Amazon Connect in memory: contacts, tokens and the repetition of client tokens, as far as the bridge depends
/// on them.
final class FakeConnect implements ConnectPort {

    /// A chat with what the agent sees of the customer.
    static final class FakeChat {
        final String id;
        final ChatRequest request;
        final List<String> shown = new ArrayList<>();
        boolean streamed;
        boolean flowRuns;
        boolean over;
        int connections;

        FakeChat(String id, ChatRequest request) {
            this.id = id;
            this.request = request;
        }
    }

    final Map<String, FakeChat> chats = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();

    /// Taken, in order, instead of doing a call.
    final Deque<Trouble> troubles = new ArrayDeque<>();

    boolean flowEndsAtOnce;
    Instant tokenExpiry = Instant.parse("2026-01-02T00:00:00Z");

    private final Map<String, String> contactByToken = new HashMap<>();
    private final Map<String, Accepted> acceptedByToken = new HashMap<>();
    private int validConnection;

    /// All connection tokens handed out so far are refused from now on.
    void expireTokens() {
        validConnection =
                chats.values().stream().mapToInt(chat -> chat.connections).sum();
    }

    FakeChat chat(int number) {
        return new ArrayList<>(chats.values()).get(number);
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        calls.add("start");
        Trouble trouble = troubles.poll();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        String id = contactByToken.computeIfAbsent(request.clientToken(), _ -> "contact-" + (chats.size() + 1));
        chats.computeIfAbsent(id, _ -> {
            FakeChat chat = new FakeChat(id, request);
            String initial = request.initialMessage();
            if (initial != null) {
                chat.shown.add(initial);
            }
            return chat;
        });
        return new Answer.Ok<>(new StartedChat(id, "participant:" + id));
    }

    @Override
    public Answer<String> startStreaming(String initialContactId, String clientToken) {
        calls.add("stream");
        Trouble trouble = troubles.poll();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = get(initialContactId);
        if (chat.over) {
            return new Answer.Failed<>(new Trouble.NotFound("over"));
        }
        chat.streamed = true;
        return new Answer.Ok<>("streaming");
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        calls.add(start ? "connect" : "refresh");
        Trouble trouble = troubles.poll();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        FakeChat chat = get(participantToken.substring("participant:".length()));
        if (chat.over) {
            return new Answer.Failed<>(new Trouble.AccessDenied());
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
        Trouble trouble = troubles.poll();
        if (trouble != null) {
            return new Answer.Failed<>(trouble);
        }
        int colon = connectionToken.lastIndexOf(':');
        FakeChat chat = get(connectionToken.substring(0, colon));
        if (chat.over || Integer.parseInt(connectionToken.substring(colon + 1)) <= validConnection) {
            return new Answer.Failed<>(new Trouble.AccessDenied());
        }
        Accepted accepted = acceptedByToken.computeIfAbsent(chat.id + clientToken, _ -> {
            chat.shown.add(text);
            return new Accepted("message-" + chat.id + "-" + chat.shown.size(), Instant.EPOCH.plus(Duration.ofDays(1)));
        });
        return new Answer.Ok<>(accepted);
    }

    private FakeChat get(String id) {
        FakeChat chat = chats.get(id);
        if (chat == null) {
            throw new AssertionError("No such contact: " + id);
        }
        return chat;
    }
}

package lull.bridge.notices;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.Answer;
import lull.connect.ParticipantPort;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.chat.ParticipantRole;
import lull.runtime.BoundedMap;

/// Notifier of agents before WhatsApp's care window ends, once for each window, if an agent is in the
/// chat. Every bridge does this for all chats: Connect accepts the same note only once.
public final class CareWindowNotes {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(20);
    private static final int MOST_WINDOWS = 10_000;
    private static final int MOST_PAGES = 20;

    private final ChatBook book;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final AgentReminder agents;
    private final Duration before;
    private final Predicate<String> hasWindow;
    private final InstantSource clock;

    /// Time at which each window is checked next.
    private final Map<String, Instant> next = new BoundedMap<>(MOST_WINDOWS);

    /// @param before how long before its end agents are notified; zero for no notes
    /// @param hasWindow whether WhatsApp closes the window of a business number
    public CareWindowNotes(
            ChatBook book,
            ParticipantCalls line,
            ParticipantPort port,
            AgentReminder agents,
            Duration before,
            Predicate<String> hasWindow,
            InstantSource clock) {
        this.book = book;
        this.line = line;
        this.port = port;
        this.agents = agents;
        this.before = before;
        this.hasWindow = hasWindow;
        this.clock = clock;
    }

    /// Notifies agents of the windows that end soon. To be called every few seconds, by one thread.
    public void tellDue() throws InterruptedException {
        Instant now = clock.instant();
        for (Chat chat : book.open()) {
            LastMessage last = chat.lastMessage();
            if (last != null
                    && isSoon(last, now)
                    && hasWindow.test(chat.conversation().businessNumber())) {
                tell(chat, last, now);
            }
        }
    }

    private boolean isSoon(LastMessage last, Instant now) {
        return now.isBefore(last.careUntil()) && now.isAfter(last.careUntil().minus(before));
    }

    private void tell(Chat chat, LastMessage last, Instant now) throws InterruptedException {
        String contact = chat.initialContactId();
        String window = contact + "|" + last.careUntil().getEpochSecond();
        if (now.isBefore(next.getOrDefault(window, Instant.MIN))) {
            return;
        }
        boolean told = hasAgent(chat).orElse(false)
                && agents.remind(contact, "care|" + window, text(Duration.between(now, last.careUntil())));
        next.put(window, told ? Instant.MAX : now.plus(ASK_AGAIN));
    }

    private static String text(Duration left) {
        return "In " + Math.max(1, left.toMinutes())
                + " min WhatsApp's care window ends: from then on only a template reaches the customer, until they"
                + " write again.";
    }

    /// Whether an agent has joined; empty if Connect does not say.
    private Optional<Boolean> hasAgent(Chat chat) throws InterruptedException {
        String next = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = next;
            Answer<ParticipantPort.Page> answer =
                    line.call(chat.initialContactId(), token -> port.transcript(token, chat.openedAt(), from));
            if (!(answer instanceof Answer.Ok<ParticipantPort.Page>(ParticipantPort.Page read))) {
                return Optional.empty();
            }
            if (read.items().stream()
                    .anyMatch(item ->
                            ParticipantRole.of(item.path("ParticipantRole").asText()) == ParticipantRole.AGENT)) {
                return Optional.of(true);
            }
            next = read.next().orElse(null);
            if (next == null) {
                return Optional.of(false);
            }
        }
        return Optional.of(false);
    }
}

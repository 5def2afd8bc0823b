package lull.bridge.outbound.joins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.bridge.outbound.joins.JoinPolicy.Decision;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JoinPolicyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GAP = Duration.ofSeconds(4);
    private static final Duration TYPING = Duration.ofSeconds(10);
    private static final Duration MAX = Duration.ofSeconds(20);
    private static final Duration LATE = Duration.ofMillis(400);
    private static final JoinPolicy POLICY = new JoinPolicy(GAP, TYPING, MAX, 5, 40, LATE);

    /// Events are `<who><what><second>`: `a` and `b` are agents, `c` the customer; `t` a text, `T` a
    /// long one, `y` typing, `f` a file, `r` a receipt, `n` a note that only agents see, `x` somebody
    /// joins.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at0                         | 1   | wait 3.4
            at0                         | 4.3 | wait 0.1
            at0                         | 4.4 | at0
            at0 at2                     | 3   | wait 3.4
            at0 at2                     | 6.4 | at0 at2
            at0 at2 at5 at9             | 14  | at0 at2 at5 at9
            at0 at5                     | 5.4 | at0
            at0 at4                     | 9   | at0 at4
            at0 ay2                     | 3   | wait 9.4 typed 2
            at0 ay2 at11                | 20  | at0 at11
            at0 ay2 at13                | 20  | at0
            at0 ay5 at6                 | 20  | at0
            at0 by2                     | 4.4 | at0
            at0 at1 by2 at3             | 9   | at0 at1 at3
            at0 ay2 ay9 ay16            | 17  | wait 3.4 typed 16
            at0 ay2 ay9 ay16 at19       | 20  | wait 0.4 typed 16
            at0 ay2 ay9 ay16 at21       | 21.4 | at0
            at0 at1 af2                 | 2   | wait 0.4
            at0 at1 af2                 | 2.4 | at0 at1
            at0 bt1                     | 1.4 | at0
            at0 ct1                     | 1.4 | at0
            at0 cf1                     | 1.4 | at0
            at0 cy1 at2                 | 7   | at0 at2
            at0 ar1 cr1 at2             | 7   | at0 at2
            at0 an1 at2                 | 7   | at0 at2
            at0 bx1 at2                 | 2.4 | at0
            at0 at1 at1 at2 at2 at3     | 3.4 | at0 at1 at1 at2 at2
            at0 aT1                     | 1.4 | at0
            aT0                         | 1   | wait 3.4
            aT0 at1                     | 1.4 | aT0
            """)
    void decides(String events, double now, String expected) {
        List<JoinItem> items = Stream.of(events.split(" ", -1))
                .map(event -> JoinItem.of(event(event)))
                .toList();

        Decision decision =
                POLICY.decide((JoinItem.Text) items.getFirst(), items.subList(1, items.size()), START.plusMillis((long)
                        (now * 1000)));

        String found = switch (decision) {
            case Decision.Wait(Duration atMost, Optional<Instant> typed) ->
                "wait " + atMost.toMillis() / 1000.0
                        + typed.map(at ->
                                        " typed " + Duration.between(START, at).toSeconds())
                                .orElse("");
            case Decision.Complete(List<JoinItem.Text> texts) ->
                String.join(" ", texts.stream().map(JoinItem.Text::id).toList());
        };
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void isOffWithoutAGap() {
        assertThat(POLICY.isOn()).isTrue();
        assertThat(new JoinPolicy(Duration.ZERO, TYPING, MAX, 5, 40, LATE).isOn())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, ALL, AGENT, Text",
        "text/markdown; charset=utf-8, CUSTOMER, CUSTOM_BOT, Text",
        "text/plain, ALL, , Text",
        "text/plain, , AGENT, End",
        "text/plain, AGENT, AGENT, Neutral",
        "text/plain, ALL, CUSTOMER, End",
        "application/vnd.amazonaws.connect.message.interactive, ALL, SYSTEM, End"
    })
    void onlyWhatTheCustomerMaySeeForCertainIsJoined(
            String contentType, @Nullable String visibility, @Nullable String role, String kind) {
        ChatEvent event = new ChatEvent(
                "e1", "c1", "c1", START, role, "Bo", visibility, new ChatEvent.Said(contentType, "Hi"), Json.object());

        assertThat(JoinItem.of(event).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void afterATransferTheSamePersonIsAnother() {
        JoinItem.Text before = (JoinItem.Text) JoinItem.of(said("e1", "contact-1", 0));
        JoinItem.Text after = (JoinItem.Text) JoinItem.of(said("e2", "contact-2", 1));

        assertThat(POLICY.decide(before, List.of(after), START.plusSeconds(2)))
                .isEqualTo(new Decision.Complete(List.of(before)));
    }

    /// Chats of random events, which arrive late and out of order, are handled by processes that are
    /// killed at random. Without a kill the messages are those that the oracle finds in the whole chat;
    /// with kills each text is still in one message, in order, with nothing between that ends a
    /// message, and joined only within the gap or while the sender typed.
    @Test
    void inAnyHistoryEachTextIsInOneMessageInOrderAndJoinedOnlyWithinTheGap() {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 3_000; run++) {
            List<ChatEvent> history = history(random);
            assertThat(run(history, new Random(random.nextLong()), 0))
                    .as("-Dlull.seed=%d, run %d: %s", seed, run, history)
                    .isEqualTo(oracle(history));
            List<List<String>> killed = run(history, new Random(random.nextLong()), 0.1);
            List<String> texts = texts(history).stream().map(JoinItem.Text::id).toList();
            assertThat(killed.stream().flatMap(List::stream))
                    .as("-Dlull.seed=%d, run %d: %s", seed, run, history)
                    .containsExactlyElementsOf(texts);
            assertThat(killed)
                    .as("-Dlull.seed=%d, run %d: %s", seed, run, history)
                    .allSatisfy(message -> assertThat(oracle(history))
                            .anySatisfy(whole -> assertThat(whole).containsAll(message)));
        }
    }

    /// Handles a chat as the lane does: its first event when all before it have had their time to
    /// arrive, with those that are there behind it.
    ///
    /// @param kills the probability that a process is killed between two steps, after which a text may
    ///     be the first again: what was passed on is known, and what waits is not
    private static List<List<String>> run(List<ChatEvent> history, Random random, double kills) {
        TreeMap<Integer, Instant> arrivals = new TreeMap<>();
        for (int i = 0; i < history.size(); i++) {
            arrivals.put(i, history.get(i).at().plusMillis(random.nextInt((int) LATE.toMillis())));
        }
        List<List<String>> messages = new ArrayList<>();
        int next = 0;
        Instant now = START;
        while (next < history.size()) {
            ChatEvent first = history.get(next);
            if (now.isBefore(first.at().plus(LATE))) {
                now = first.at().plus(LATE);
            }
            if (!(JoinItem.of(first) instanceof JoinItem.Text text)) {
                next++;
                continue;
            }
            Instant here = now;
            List<JoinItem> behind = new ArrayList<>();
            for (int i = next + 1; i < history.size(); i++) {
                if (!arrivals.getOrDefault(i, Instant.MAX).isAfter(here)) {
                    behind.add(JoinItem.of(history.get(i)));
                }
            }
            switch (POLICY.decide(text, behind, now)) {
                case Decision.Wait(Duration atMost, var _) -> {
                    Instant due = now.plus(atMost);
                    now = arrivals.values().stream()
                            .map(at -> at.plus(LATE))
                            .filter(at -> at.isAfter(here) && at.isBefore(due))
                            .min(Comparator.naturalOrder())
                            .orElse(due);
                    if (random.nextDouble() < kills) {
                        now = now.plusMillis(random.nextInt(30_000));
                    }
                }
                case Decision.Complete(List<JoinItem.Text> texts) -> {
                    messages.add(texts.stream().map(JoinItem.Text::id).toList());
                    String last = texts.getLast().id();
                    int done = next;
                    while (!history.get(done).id().equals(last)) {
                        done++;
                    }
                    next = done + 1;
                }
            }
        }
        return messages;
    }

    /// Finds the messages in a whole chat, in another way: by the pairs of texts that may be
    /// neighbours.
    private static List<List<String>> oracle(List<ChatEvent> history) {
        List<List<String>> messages = new ArrayList<>();
        List<JoinItem.Text> current = new ArrayList<>();
        int lastIndex = -1;
        for (int i = 0; i < history.size(); i++) {
            if (!(JoinItem.of(history.get(i)) instanceof JoinItem.Text text)) {
                continue;
            }
            boolean joins = !current.isEmpty() && joins(history, current, lastIndex, i, text);
            if (!joins && !current.isEmpty()) {
                messages.add(current.stream().map(JoinItem.Text::id).toList());
                current = new ArrayList<>();
            }
            current.add(text);
            lastIndex = i;
        }
        if (!current.isEmpty()) {
            messages.add(current.stream().map(JoinItem.Text::id).toList());
        }
        return messages;
    }

    private static boolean joins(
            List<ChatEvent> history, List<JoinItem.Text> current, int last, int index, JoinItem.Text text) {
        List<JoinItem> between =
                history.subList(last + 1, index).stream().map(JoinItem::of).toList();
        JoinItem.Text before = current.getLast();
        Instant latest = current.getFirst().at().plus(MAX);
        Instant until = before.at().plus(GAP);
        // A sender who typed before the text before keeps typing after it.
        for (ChatEvent event : history.subList(0, index)) {
            if (JoinItem.of(event) instanceof JoinItem.Typing(JoinItem.Sender who, Instant at)
                    && who.equals(before.sender())
                    && !at.isBefore(current.getFirst().at())
                    && history.indexOf(event)
                            > indexOf(history, current.getFirst().id())
                    && !at.isAfter(until)
                    && at.plus(TYPING).isAfter(until)) {
                until = at.plus(TYPING);
            }
        }
        int length = current.stream().mapToInt(one -> one.body().length() + 1).sum();
        return between.stream().noneMatch(JoinItem.End.class::isInstance)
                && before.sender().equals(text.sender())
                && !text.at().isAfter(until)
                && !text.at().isAfter(latest)
                && current.size() < 5
                && length + text.body().length() <= 40;
    }

    private static int indexOf(List<ChatEvent> history, String id) {
        return history.stream().map(ChatEvent::id).toList().indexOf(id);
    }

    private static List<JoinItem.Text> texts(List<ChatEvent> history) {
        return history.stream()
                .map(JoinItem::of)
                .filter(JoinItem.Text.class::isInstance)
                .map(JoinItem.Text.class::cast)
                .toList();
    }

    private static List<ChatEvent> history(Random random) {
        List<ChatEvent> events = new ArrayList<>();
        long millis = 0;
        int count = 1 + random.nextInt(25);
        String kinds = "ttttttttttyyyTfrnx";
        for (int i = 0; i < count; i++) {
            millis += random.nextInt(10) < 8 ? random.nextInt(3_000) : random.nextInt(15_000);
            char who = "aaaaaaaaabc".charAt(random.nextInt(11));
            char what = kinds.charAt(random.nextInt(kinds.length()));
            events.add(event("e" + i, who, what, START.plusMillis(millis)));
        }
        return events;
    }

    private static ChatEvent event(String text) {
        return event(text, text.charAt(0), text.charAt(1), START.plusSeconds(Long.parseLong(text.substring(2))));
    }

    private static ChatEvent event(String id, char who, char what, Instant at) {
        return new ChatEvent(
                id,
                "c1",
                "c1",
                at,
                who == 'c' ? "CUSTOMER" : "AGENT",
                String.valueOf(who),
                what == 'n' ? "AGENT" : "ALL",
                switch (what) {
                    case 't', 'n' -> new ChatEvent.Said("text/plain", "12345");
                    case 'T' -> new ChatEvent.Said("text/plain", "1234567890123456789012345678901234567890");
                    case 'y' -> new ChatEvent.Other("typing");
                    case 'f' -> new ChatEvent.Attached("f1", "a.png", "image/png", "APPROVED");
                    case 'r' -> new ChatEvent.Other("message.read");
                    default -> new ChatEvent.Other("participant.joined");
                },
                Json.object().put("ParticipantId", String.valueOf(who)));
    }

    private static ChatEvent said(String id, String contact, int second) {
        return new ChatEvent(
                id,
                "c1",
                contact,
                START.plusSeconds(second),
                "AGENT",
                "Bo",
                "ALL",
                new ChatEvent.Said("text/plain", "Hi"),
                Json.object());
    }
}

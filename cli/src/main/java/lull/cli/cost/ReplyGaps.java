package lull.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lull.bridge.outbound.joins.JoinItem;
import lull.bridge.outbound.joins.JoinPolicy;
import lull.bridge.outbound.joins.JoinPolicy.Decision;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;

/// Calculation of what `reply.gap` would have done to the texts that agents and bots wrote, from the timelines of
/// the archive, by the rules that the bridge uses. The archive keeps no typing events, so a little less is joined
/// here than in the bridge. Filled by one thread.
public final class ReplyGaps {

    /// Longest text that is joined; only the length counts here.
    private static final int MOST_CHARACTERS = 5_000;

    private static final double PERCENTILE = 0.95;

    private final List<JoinPolicy> policies;
    private final List<Tally> tallies;
    private long number;
    private long texts;
    private long messages;

    private final Set<String> chats = new HashSet<>();
    private Instant first = Instant.MAX;

    /// What a gap would have done.
    ///
    /// @param messages to customers, of all kinds, from chats
    /// @param saved how many fewer than one for each text
    /// @param meanWait from the first text of a message that waited until it was sent
    /// @param mostWait the same of 95 % of these messages
    public record Result(Duration gap, long messages, long saved, Duration meanWait, Duration mostWait) {}

    /// Sums of a gap.
    private static final class Tally {
        private long saved;
        private final List<Duration> waits = new ArrayList<>();
    }

    /// @param policies one for each gap
    public ReplyGaps(List<JoinPolicy> policies) {
        this.policies = List.copyOf(policies);
        this.tallies = policies.stream().map(_ -> new Tally()).toList();
    }

    /// Adds a conversation, as the archive returns it.
    public void add(JsonNode timeline) throws UnreadableJson {
        Map<String, List<JoinItem>> byChat = new TreeMap<>();
        List<JoinItem> ofCustomer = new ArrayList<>();
        for (JsonNode message : timeline.path("messages")) {
            JsonNode said = message.path("inChat");
            if (said.isObject()) {
                byChat.computeIfAbsent(said.path("chat").asText(), _ -> new ArrayList<>())
                        .add(item(message.path("kind").asText(), said));
            } else if (message.path("direction").asText().equals("in")) {
                ofCustomer.add(new JoinItem.End(time(message)));
            }
        }
        byChat.forEach((chat, said) -> {
            chats.add(chat);
            messages += said.size();
            texts += said.stream().filter(JoinItem.Text.class::isInstance).count();
            said.sort(Comparator.comparing(JoinItem::at));
            Instant begin = said.getFirst().at();
            first = begin.isBefore(first) ? begin : first;
            List<JoinItem> all = new ArrayList<>(said);
            all.addAll(ofCustomer);
            all.sort(Comparator.comparing(JoinItem::at));
            for (int i = 0; i < policies.size(); i++) {
                simulate(policies.get(i), tallies.get(i), all, said.getFirst());
            }
        });
    }

    /// Number of texts in chats.
    public long texts() {
        return texts;
    }

    /// Number of messages to customers from chats, of all kinds.
    public long messages() {
        return messages;
    }

    /// Number of chats.
    public int chats() {
        return chats.size();
    }

    /// When the first message was written; [Instant#MAX] if there is none.
    public Instant first() {
        return first;
    }

    /// Returns what each gap would have done.
    public List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            Tally tally = tallies.get(i);
            List<Duration> waits = tally.waits.stream().sorted().toList();
            long sum = waits.stream().mapToLong(Duration::toMillis).sum();
            results.add(new Result(
                    policies.get(i).gap(),
                    messages - tally.saved,
                    tally.saved,
                    waits.isEmpty() ? Duration.ZERO : Duration.ofMillis(sum / waits.size()),
                    waits.isEmpty()
                            ? Duration.ZERO
                            : waits.get((int) Math.min(waits.size() - 1L, Math.round(PERCENTILE * waits.size())))));
        }
        return results;
    }

    /// @param greeting the first words of the chat, which are sent at once
    private static void simulate(JoinPolicy policy, Tally tally, List<JoinItem> all, JoinItem greeting) {
        Set<JoinItem> sent = new HashSet<>(Set.of(greeting));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof JoinItem.Text text && sent.add(text)) {
                List<JoinItem> following = all.subList(i + 1, all.size());
                Instant now = text.at();
                Decision decision = policy.decide(text, following, now);
                while (decision instanceof Decision.Wait(Duration atMost, var _)) {
                    now = now.plus(atMost);
                    decision = policy.decide(text, following, now);
                }
                if (decision instanceof Decision.Complete(List<JoinItem.Text> joined)) {
                    sent.addAll(joined);
                    tally.saved += joined.size() - 1;
                    tally.waits.add(Duration.between(text.at(), now));
                }
            }
        }
    }

    private JoinItem item(String kind, JsonNode said) throws UnreadableJson {
        Instant at = time(said);
        String author = said.path("author").asText();
        int characters =
                Math.min(MOST_CHARACTERS, Math.max(0, said.path("characters").asInt()));
        return kind.equals("text")
                ? new JoinItem.Text(
                        Long.toString(++number),
                        new JoinItem.Sender(said.path("chat").asText(), author, null, null),
                        at,
                        "x".repeat(characters))
                : new JoinItem.End(at);
    }

    private static Instant time(JsonNode message) throws UnreadableJson {
        return Timestamps.ofIso(message.path("at").asText())
                .orElseThrow(() -> new UnreadableJson("A message of the archive has no time"));
    }

    /// Returns the parameters of the first page of timelines since a time.
    public static Map<String, String> parameters(String number, Instant from, Instant to) {
        return new HashMap<>(Map.of("number", number, "from", from.toString(), "to", to.toString(), "limit", "200"));
    }
}

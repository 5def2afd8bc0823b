package lull.applications.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lull.applications.turns.Exchanges;
import lull.contract.application.TurnHandled;
import lull.contract.chat.ParticipantRole;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.Turn;
import lull.runtime.BearerTokens;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.log.LogLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// History from the archive, which has what agents wrote, too. The archive follows the topics a moment later, so the
/// last exchanges come from the results of earlier turns if it does not have them yet; all of it does if the archive
/// does not answer in time. Safe for several threads.
final class ArchivedHistory implements History {

    private static final Logger log = LoggerFactory.getLogger(ArchivedHistory.class);

    private static final int OK = 200;

    /// How many messages are asked for, of which an exchange may have several. The archive gives no more at a time.
    private static final int MESSAGES = 100;

    /// Kinds of messages that say nothing by themselves.
    private static final Set<String> WITHOUT_WORDS =
            Set.of("reaction", "edit", "revoke", "system", "typing", "request_welcome");

    private final Options options;
    private final BoundedHttpClient client;
    private final AssistantMetrics metrics;
    private final LogLimit warnings = new LogLimit(log, System::nanoTime);

    /// Options of the history.
    ///
    /// @param url of the archive
    /// @param token with which it is read
    /// @param timeout of a question
    /// @param assistant the name of the destination
    /// @param maxExchanges how many of the last exchanges are told
    record Options(URI url, String token, Duration timeout, String assistant, int maxExchanges) {

        @Override
        public String toString() {
            return "Options[" + url.getAuthority() + "]";
        }
    }

    /// @param client which the caller closes
    ArchivedHistory(Options options, BoundedHttpClient client, AssistantMetrics metrics) {
        this.options = options;
        this.client = client;
        this.metrics = metrics;
    }

    @Override
    public List<Past> before(Turn turn, List<TurnHandled> known) throws InterruptedException {
        List<Past> own = new KnownHistory(options.maxExchanges()).before(turn, known);
        if (options.maxExchanges() == 0) {
            return own;
        }
        try {
            List<Past> archived = ask(turn);
            metrics.remembered("archive");
            return merged(archived, own);
        } catch (IOException | UnreadableJson e) {
            metrics.remembered("results");
            warnings.warn(
                    "The archive does not say what agents wrote, so that an assistant reads only what it said itself:"
                            + " check applications.archive.url and applications.archive.token",
                    new KeyValuePair(
                            "error",
                            e instanceof Refused ? e.getMessage() : e.getClass().getSimpleName()));
            return own;
        }
    }

    /// Thrown if the archive refuses the question.
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(int status) {
            super("The archive answered " + status);
        }
    }

    private List<Past> ask(Turn turn) throws IOException, UnreadableJson, InterruptedException {
        String conversation = URLEncoder.encode(turn.conversation().toString(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        options.url().resolve("/messages?limit=" + MESSAGES + "&conversation=" + conversation))
                .header("Authorization", BearerTokens.header(options.token()))
                .build();
        HttpResponse<byte[]> response = client.send(request, options.timeout(), BoundedHttpClient.JSON_BYTES);
        if (response.statusCode() != OK) {
            throw new Refused(response.statusCode());
        }
        return exchanges(Json.tree(response.body()).path("items"), turn);
    }

    /// Returns the last exchanges of messages that come newest first.
    private List<Past> exchanges(JsonNode items, Turn turn) {
        Set<String> present = new HashSet<>(turn.messageIds());
        List<Past> newestFirst = new ArrayList<>();
        int exchanges = 0;
        for (JsonNode item : items) {
            Optional<Past> read = past(item, turn, present);
            if (read.isEmpty()) {
                continue;
            }
            Past past = read.get();
            boolean followsCustomer =
                    !newestFirst.isEmpty() && newestFirst.getLast().from().equals(Past.CUSTOMER);
            if (!past.from().equals(Past.CUSTOMER)) {
                if (followsCustomer && exchanges == options.maxExchanges()) {
                    break;
                }
                newestFirst.add(past);
            } else if (followsCustomer) {
                Past later = newestFirst.removeLast();
                newestFirst.add(
                        new Past(Past.CUSTOMER, Exchanges.shortened(past.text() + "\n" + later.text()), later.at()));
            } else {
                exchanges++;
                newestFirst.add(past);
            }
        }
        return newestFirst.reversed();
    }

    /// @param present ids of the messages of the turn
    private Optional<Past> past(JsonNode item, Turn turn, Set<String> present) {
        String kind = item.path("kind").asText("");
        Instant at = Timestamps.ofIso(item.path("at").asText("")).orElse(Instant.MIN);
        boolean isOfCustomer = item.path("direction").asText("").equals("in");
        if (at.isBefore(turn.lastReceivedAt().minus(AGE))
                || WITHOUT_WORDS.contains(kind)
                || present.contains(item.path("id").asText(""))
                || present.contains(item.path("whatsAppId").asText(""))
                || (isOfCustomer && at.isAfter(turn.lastReceivedAt()))) {
            return Optional.empty();
        }
        String text = item.path("text").asText("");
        String words = kind.equals("text") ? text : ("[" + kind + "] " + text).strip();
        return words.isBlank()
                ? Optional.empty()
                : Optional.of(new Past(isOfCustomer ? Past.CUSTOMER : from(item), Exchanges.shortened(words), at));
    }

    private String from(JsonNode item) {
        String sender = item.path("sender").asText("");
        if (sender.equals(options.assistant())) {
            return Past.ASSISTANT;
        }
        return switch (ParticipantRole.of(sender)) {
            case AGENT, SUPERVISOR -> "agent";
            default -> "business";
        };
    }

    /// Adds the last exchanges that the archive does not have yet. Its own last words of the customer are those of
    /// these exchanges then.
    private static List<Past> merged(List<Past> archived, List<Past> own) {
        Set<String> said = archived.stream()
                .filter(past -> past.from().equals(Past.ASSISTANT))
                .map(Past::text)
                .collect(Collectors.toSet());
        int from = own.size();
        boolean isAnswerMissing = false;
        while (from > 0) {
            Past past = own.get(from - 1);
            if (past.from().equals(Past.ASSISTANT) && said.contains(past.text())) {
                break;
            }
            isAnswerMissing |= past.from().equals(Past.ASSISTANT);
            from--;
        }
        if (!isAnswerMissing) {
            return archived;
        }
        List<Past> all = new ArrayList<>(archived);
        while (!all.isEmpty() && all.getLast().from().equals(Past.CUSTOMER)) {
            all.removeLast();
        }
        all.addAll(own.subList(from, own.size()));
        return all;
    }
}

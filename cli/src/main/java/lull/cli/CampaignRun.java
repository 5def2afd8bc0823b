package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lull.cli.ConversationsClient.Asked;
import lull.cli.campaign.CampaignFile.Row;
import lull.cli.campaign.CampaignProgress;
import lull.cli.campaign.CampaignProgress.Entry;
import lull.cli.campaign.CampaignProgress.State;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;

/// One run of a campaign: asks for the template to each customer who is not done, at a pace, and then
/// asks what became of them. What a killed run has asked for last is asked for again with the same key,
/// which is the same reply. For one thread.
final class CampaignRun {

    /// After it the bridges may have forgotten what they have sent, so that asking again could send
    /// twice.
    private static final Duration FORGOTTEN = Duration.ofHours(12);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final ConversationsClient client;
    private final CampaignProgress progress;
    private final String key;
    private final Options options;
    private final InstantSource clock;
    private final Consumer<String> out;
    private Instant told = Instant.EPOCH;

    /// How customers are asked for.
    ///
    /// @param every the time between two of them
    /// @param patience how long the ingress may be unavailable
    /// @param outcomes how long to wait for what becomes of them
    record Options(Duration every, Duration patience, Duration outcomes) {}

    CampaignRun(
            ConversationsClient client,
            CampaignProgress progress,
            String key,
            Options options,
            InstantSource clock,
            Consumer<String> out) {
        this.client = client;
        this.progress = progress;
        this.key = key;
        this.options = options;
        this.clock = clock;
        this.out = out;
    }

    /// Asks for all that are not done.
    void ask(List<Row> rows) throws InterruptedException {
        long next = System.nanoTime();
        int done = 0;
        for (Row row : rows) {
            if (isDue(row)) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                next = Math.max(next, System.nanoTime() - options.every().toNanos())
                        + options.every().toNanos();
                ask(row);
            }
            done++;
            tell(done + " of " + rows.size() + " customers", done == rows.size());
        }
    }

    /// Whether a customer has to be asked for.
    private boolean isDue(Row row) throws InterruptedException {
        Optional<Entry> known = progress.of(row.replyId());
        if (known.isEmpty()) {
            return true;
        }
        Entry entry = known.get();
        if (entry.state() != State.ASKED) {
            return false;
        }
        if (entry.at().plus(FORGOTTEN).isAfter(clock.instant())) {
            return true;
        }
        record(
                row,
                isKnown(row) ? State.ACCEPTED : State.IN_DOUBT,
                "a run that was ended at " + entry.at() + " may have asked for it");
        return false;
    }

    private boolean isKnown(Row row) throws InterruptedException {
        Instant end = clock.instant().plus(options.patience());
        while (true) {
            Optional<JsonNode> status = client.status(row.replyId());
            if (status.isPresent()) {
                return status.get().has("status");
            }
            if (clock.instant().isAfter(end)) {
                throw new CannotStart("The ingress does not say what became of row " + row.row()
                        + ". Run the same command again when it answers");
            }
            tell("waiting for the ingress", false);
            TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
        }
    }

    private void ask(Row row) throws InterruptedException {
        record(row, State.ASKED, null);
        Instant end = clock.instant().plus(options.patience());
        while (true) {
            switch (client.ask(row, key)) {
                case Asked.Accepted accepted -> {
                    record(row, State.ACCEPTED, null);
                    return;
                }
                case Asked.Rejected(String reason) -> {
                    record(row, State.REJECTED, reason);
                    return;
                }
                case Asked.Retry(String reason) -> {
                    if (clock.instant().isAfter(end)) {
                        throw new CannotStart(
                                "The ingress does not accept the template of row " + row.row() + ": " + reason
                                        + ". Run the same command again when that is solved: it goes on, and sends nothing twice");
                    }
                    tell("waiting: " + reason, false);
                    TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
                }
            }
        }
    }

    /// Waits until it is known what became of all, or the time is over.
    void await(List<Row> rows) throws InterruptedException {
        Instant end = clock.instant().plus(options.outcomes());
        while (true) {
            int open = 0;
            for (Row row : rows) {
                if (isOpen(row)) {
                    client.status(row.replyId()).ifPresent(status -> note(row, status));
                    open += isOpen(row) ? 1 : 0;
                }
            }
            if (open == 0 || clock.instant().isAfter(end)) {
                return;
            }
            tell("waiting for what becomes of " + open, false);
            TimeUnit.NANOSECONDS.sleep(BETWEEN_ROUNDS.toNanos());
        }
    }

    private boolean isOpen(Row row) {
        return progress.of(row.replyId())
                .filter(entry -> entry.state() == State.ACCEPTED)
                .isPresent();
    }

    private void note(Row row, JsonNode answer) {
        String status = answer.path("status").asText();
        if (status.isEmpty()) {
            return;
        }
        JsonNode part = answer.path("parts").path(0);
        boolean isEnd = List.of("delivered", "read", "played", "refused").contains(status)
                || (status.equals("doubted") && !part.path("decision").asText().equals("sent_again"));
        State state = isEnd ? State.ENDED : State.ACCEPTED;
        Entry before = progress.of(row.replyId()).orElseThrow();
        if (!isEnd && status.equals(before.status())) {
            return;
        }
        String reason = part.hasNonNull("reason")
                ? part.path("reason").asText()
                        + (part.hasNonNull("code") ? " (" + part.path("code").asInt() + ")" : "")
                : answer.path("reason").asText("");
        progress.record(row.replyId(), new Entry(state, clock.instant(), status, reason.isEmpty() ? null : reason));
    }

    private void record(Row row, State state, @Nullable String reason) {
        progress.record(row.replyId(), new Entry(state, clock.instant(), null, reason));
    }

    private void tell(String what, boolean now) {
        if (now || clock.instant().isAfter(told.plus(TELL_EVERY))) {
            told = clock.instant();
            out.accept(what);
        }
    }
}

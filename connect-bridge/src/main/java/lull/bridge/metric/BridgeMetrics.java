package lull.bridge.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import lull.lanes.FlowMetrics;

/// Every meter of the bridge. Nothing leaves the journey without one of them counting it.
public final class BridgeMetrics {

    /// How a turn leaves the flow from turns to chats.
    public enum TurnExit {
        /// Connect has accepted all of it.
        DELIVERED,
        /// It may not open a chat, and none is open.
        NO_OPEN_CHAT,
        /// The chat that it opened was ended by its flow before all of the turn was in it.
        ENDED_BY_FLOW,
        /// It had been delivered before.
        REPEATED,
        /// It is all of kinds that the agent is not shown.
        HIDDEN,
        /// Its handling failed unexpectedly too often; a dead letter.
        GIVEN_UP
    }

    /// How an event leaves the flow from chats to replies.
    public enum EventExit {
        /// It became a reply.
        REPLY,
        /// It ended its chat.
        CHAT_ENDED,
        /// The customer's own.
        OWN,
        /// For agents only.
        AGENTS_ONLY,
        /// Seen before.
        REPEATED,
        /// Of a chat that this installation has not opened.
        FOREIGN,
        /// Somebody types.
        TYPING,
        /// Of a kind that customers are not shown. If somebody said it, the agent was told.
        NOT_SHOWN,
        /// It says nothing.
        EMPTY,
        /// A file that cannot be carried to WhatsApp; a dead letter.
        FILE_REFUSED,
        /// Nothing proves that the customer may see it; the agent was told.
        NOT_CONFIRMED,
        /// It is older than replies are remembered, so it may be a replay; the agent was told.
        TOO_OLD,
        /// Its handling failed unexpectedly too often; a dead letter.
        GIVEN_UP,
        /// It asked for a look at the transcript.
        LOOKED_BACK,
        /// The transcript could not be looked at before it.
        NOT_LOOKED_BACK
    }

    /// How a reply leaves the flow to WhatsApp.
    public enum ReplyExit {
        SENT,
        REFUSED,
        /// Whether WhatsApp has all of it nobody knows, and it was not sent again.
        IN_DOUBT,
        /// Sent or refused before.
        REPEATED,
        /// Written again in the conversation that its customer has under another id, which sends it.
        FORWARDED,
        /// Its handling failed unexpectedly too often; a dead letter.
        GIVEN_UP
    }

    /// How a transcript of a voice note left.
    public enum TranscriptExit {
        /// It is in the chat.
        SENT,
        /// Nobody speaks in the note; the agent was told.
        EMPTY,
        /// WhatsApp or Transcribe does not take the note; the agent was told.
        REFUSED,
        /// It took too long; the agent was told.
        GIVEN_UP,
        /// The chat was over.
        CHAT_OVER,
        /// Connect does not take it.
        NOT_TAKEN,
        /// The note itself has not come into a chat.
        NOTE_NOT_DELIVERED
    }

    /// How an SNS notification leaves the door that it came by.
    public enum NotificationExit {
        ACCEPTED,
        CONFIRMED,
        UNSUBSCRIBED,
        REJECTED,
        UNREADABLE,
        TOO_LARGE,
        ENCODED,
        BROKEN,
        SLOW,
        OVERLOADED,
        UNAVAILABLE
    }

    private final MeterRegistry registry;

    public BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void turnLeft(TurnExit exit) {
        count("lull.bridge.turns", "Handled turns by outcome", exit);
    }

    public void eventLeft(EventExit exit) {
        count("lull.bridge.chat.events", "Handled chat events by outcome", exit);
    }

    /// An event was found in a transcript that had not arrived.
    public void eventFound() {
        Counter.builder("lull.bridge.chat.events.found")
                .description("Events that did not arrive and were found in transcripts")
                .register(registry)
                .increment();
    }

    public void replyLeft(ReplyExit exit) {
        count("lull.bridge.replies", "Handled replies by outcome", exit);
    }

    public void notificationLeft(NotificationExit exit) {
        count("lull.bridge.notifications", "SNS notifications by outcome, by HTTPS or by queue", exit);
    }

    public void chatOpened() {
        counter("lull.bridge.chats.opened", "Chats that turns have opened", "by", "turn")
                .increment();
    }

    /// A chat was found to be over.
    ///
    /// @param by `event` where Connect told of it, `refusal` where a call was refused
    public void chatEnded(String by) {
        counter("lull.bridge.chats.ended", "Chats by how their end was noticed", "by", by)
                .increment();
    }

    /// The tokens of a chat cannot be read with any key.
    public void chatUnreadable() {
        Counter.builder("lull.bridge.chats.unreadable")
                .description("Records of chats whose tokens no key decrypts")
                .register(registry)
                .increment();
    }

    /// A file has left the way from the customer to the agent.
    ///
    /// @param exit `attached`, or why the agent was told of it in words
    public void fileLeft(String exit) {
        counter("lull.bridge.files", "Files of customers by outcome", "exit", exit)
                .increment();
    }

    /// A file was to be kept in the store.
    ///
    /// @param result `ok`, `not_now`, or `too_long` where it is kept and its link is longer than a text may be
    public void fileStored(String result) {
        counter("lull.bridge.files.stored", "Files that were to be kept in the store, by result", "result", result)
                .increment();
    }

    public void mediaFetched(String result, Duration took) {
        Timer.builder("lull.bridge.media.fetches")
                .description("Files fetched from WhatsApp by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    /// A file was to be converted into a format that Connect takes.
    public void mediaConverted(String to, String result, Duration took) {
        Timer.builder("lull.bridge.media.conversions")
                .description("Files that were to be converted, by format and result")
                .tag("to", to)
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    public void transcriptLeft(TranscriptExit exit) {
        count("lull.bridge.transcripts", "Transcripts of voice notes by outcome", exit);
    }

    public void transcribed(String result, Duration took) {
        Timer.builder("lull.bridge.transcribe.calls")
                .description("Voice notes that were sent to Amazon Transcribe, by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    /// Connect has refused a part of a turn, which is a dead letter.
    public void partRefused() {
        Counter.builder("lull.bridge.parts.refused")
                .description("Parts of turns that Amazon Connect refused, each a dead letter")
                .register(registry)
                .increment();
    }

    public void whatsAppCalled(String result, Duration took) {
        Timer.builder("lull.bridge.whatsapp.calls")
                .description("Calls of WhatsApp's Graph API by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    /// Shows a value for as long as its owner lives.
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        Gauge.builder("lull.bridge." + name, owner, value)
                .description(description)
                .register(registry);
    }

    /// The meters of one flow.
    public FlowMetrics flow(String flow) {
        return new MeteredFlow(flow);
    }

    private void count(String name, String description, Enum<?> exit) {
        counter(name, description, "exit", exit.name().toLowerCase(Locale.ROOT)).increment();
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }

    private final class MeteredFlow implements FlowMetrics {

        private final String flow;
        private final MultiGauge pauses;

        MeteredFlow(String flow) {
            this.flow = flow;
            this.pauses = MultiGauge.builder("lull.bridge.pauses")
                    .description("1 for each pause: records in its scope wait until the configuration is fixed")
                    .tag("flow", flow)
                    .register(registry);
        }

        @Override
        public void paused(List<PausedScope> scopes) {
            pauses.register(
                    scopes.stream()
                            .map(scope -> MultiGauge.Row.of(Tags.of("scope", scope.kind(), "name", scope.name()), 1))
                            .toList(),
                    true);
        }

        @Override
        public void handled(String outcome, Duration took) {
            Timer.builder("lull.bridge.attempts")
                    .description("Attempts at records by flow and outcome")
                    .tag("flow", flow)
                    .tag("outcome", outcome)
                    .register(registry)
                    .record(took);
        }

        @Override
        public void skipped() {
            counter("lull.bridge.skipped", "Records that were finished before a restart", "flow", flow)
                    .increment();
        }

        @Override
        public void commitFailed() {
            counter("lull.bridge.commits.failed", "Commits of offsets that failed", "flow", flow)
                    .increment();
        }

        @Override
        public void pollFailed() {
            counter("lull.bridge.polls.failed", "Failed iterations of poll loops", "flow", flow)
                    .increment();
        }

        @Override
        public void unwanted(int records) {
            counter(
                            "lull.bridge.records.unwanted",
                            "Records of partitions that were not assigned to this process; they are read again",
                            "flow",
                            flow)
                    .increment(records);
        }

        @Override
        public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
            Gauge.builder("lull.bridge.lanes." + name, owner, value)
                    .description(description)
                    .tag("flow", flow)
                    .register(registry);
        }
    }
}

package lull.bridge.inbound.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.ChatOptions;
import lull.bridge.inbound.TurnOptions;
import lull.connect.ScriptedChat;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.text.AgentTexts;
import lull.voice.Transcriber.Heard;
import lull.voice.VoiceNotes;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VoiceToTranscriptTest {

    private static final ConversationKey CONVERSATION = new ConversationKey("100", "15550001111");
    private static final Customer ANA = new Customer("US.1", "15550001111", "Ana");

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryPartitionTailReader<SentPart> sent =
            new MemoryPartitionTailReader<>(SentPart::turnId, List.of());
    private final ScriptedChat chat = new ScriptedChat();
    private final Deque<Heard> heard = new ArrayDeque<>();
    private final MemoryAcknowledgedProducer replies = new MemoryAcknowledgedProducer();
    private String toCustomer = "";
    private Fetched fetched = new Fetched.Here("audio/ogg", 3);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aTranscriptFollowsItsNoteIntoTheChat() throws Exception {
        heard.add(new Heard.Words("See you at nine."));

        assertThat(handle(0)).isEqualTo(Outcome.retry("The voice note is not in the chat yet"));
        noteIsThere();
        assertThat(handle(0)).isEqualTo(Outcome.DONE);

        assertThat(chat.said()).containsExactly("[voice note in words] See you at nine.");
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void theCustomerGetsWhatWasUnderstoodOnceAsAnAnswerToTheNoteIfThisIsWanted() throws Exception {
        noteIsThere();
        heard.add(new Heard.Words("See you at nine."));
        handle(0);
        assertThat(replies.entries()).isEmpty();

        toCustomer = "We understood: {words}";
        heard.add(new Heard.Words("See you at nine."));
        handle(0);
        heard.add(new Heard.Words("See you, at nine?"));
        handle(0);
        heard.add(new Heard.Words(" "));
        handle(0);

        assertThat(replies.values(Reply.class))
                .extracting(Reply::id)
                .hasSize(2)
                .containsOnly(ReplyIds.ofLull("transcript|wamid.1"));
        assertThat(replies.values(Reply.class)).first().satisfies(reply -> {
            assertThat(reply.content()).isEqualTo(new ReplyContent.Text("We understood: See you at nine."));
            assertThat(reply.quotedMessageId()).isEqualTo("wamid.1");
            assertThat(reply.customer()).isEqualTo(ANA);
        });
    }

    @Test
    void aLongOneIsSplit() throws Exception {
        noteIsThere();
        heard.add(new Heard.Words("word ".repeat(500)));

        handle(0);

        assertThat(chat.said()).hasSize(3).allMatch(text -> text.length() <= 1_024);
    }

    @Test
    void whatFailsIsTriedForAWhileAndThenToldOnce() throws Exception {
        noteIsThere();
        heard.add(new Heard.Retry("Transcribe answers 503"));
        heard.add(new Heard.Retry("Transcribe answers 503"));
        heard.add(new Heard.Retry("Transcribe answers 503"));

        assertThat(handle(5)).isEqualTo(Outcome.retry("Transcribe answers 503"));
        now = now.plus(Duration.ofMinutes(6));
        assertThat(handle(2)).isEqualTo(Outcome.retry("Transcribe answers 503"));
        assertThat(handle(3)).isEqualTo(Outcome.DONE);

        assertThat(chat.said()).containsExactly("[what the voice note says could not be found out]");
        assertThat(count("given_up")).isEqualTo(1);
    }

    @Test
    void silenceAndWhatNobodyUnderstandsAreToldAtOnce() throws Exception {
        noteIsThere();
        heard.add(new Heard.Words(" "));
        handle(0);
        heard.add(new Heard.Refused("no Opus"));
        handle(0);
        fetched = new Fetched.Refused(MediaProblem.GONE);
        handle(0);

        assertThat(chat.said()).hasSize(3).containsOnly("[what the voice note says could not be found out]");
        assertThat(count("empty")).isEqualTo(1);
        assertThat(count("refused")).isEqualTo(2);
    }

    @Test
    void aNoteThatNeverComesIntoAChatHasNoTranscript() throws Exception {
        now = now.plus(Duration.ofMinutes(61));

        assertThat(handle(0)).isEqualTo(Outcome.DONE);

        assertThat(count("note_not_delivered")).isEqualTo(1);
        assertThat(chat.said()).isEmpty();
    }

    @Test
    void aChatThatIsOverGetsNothing() throws Exception {
        noteIsThere();
        heard.add(new Heard.Words("Hello"));
        chat.failsWith(403);

        assertThat(handle(0)).isEqualTo(Outcome.DONE);

        assertThat(count("chat_over")).isEqualTo(1);
    }

    @Test
    void aTurnWithoutAVoiceNoteIsDone() throws Exception {
        assertThat(handle(turn("audio", Json.object().put("id", "7")), 0)).isEqualTo(Outcome.DONE);
    }

    private void noteIsThere() {
        sent.writtenByOthers(new SentPart("t-0-1", CONVERSATION, 0, 0, "c1", "m1", List.of("wamid.1"), now, true));
    }

    private Outcome handle(int attempt) throws InterruptedException {
        return handle(turn("audio", Json.object().put("id", "7").put("voice", true)), attempt);
    }

    private Outcome handle(Turn turn, int attempt) throws InterruptedException {
        MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
        ChatBook book = new ChatBook(producer, new ChatMetrics(registry));
        book.write(new Chat("c1", CONVERSATION, ANA, "t-0-1", 1, now, "participant", "connection", now, null));
        return new VoiceToTranscript(
                        new VoiceNotes(
                                (media, number, into) -> fetched,
                                MediaFolder.ofProcess(directory, "voices", 1),
                                voice -> heard.removeFirst()),
                        new ResultLog<>(Topics.CONNECT_MESSAGE_SENT, sent, producer),
                        new ParticipantCalls(book, () -> {}, chat),
                        chat,
                        options(),
                        new VoiceToTranscript.Options(Duration.ofHours(1), Duration.ofMinutes(5)),
                        new TranscriptToCustomer(toCustomer, book, replies, () -> now),
                        () -> now,
                        new TranscriptMetrics(registry))
                .handle(new Incoming<>(0, 1, 1, "key", turn, Instant.parse("2026-01-01T00:00:00Z"), attempt), () -> {});
    }

    private double count(String exit) {
        return registry.get("lull.bridge.transcripts")
                .tag("exit", exit)
                .counter()
                .count();
    }

    private static Turn turn(String type, ObjectNode content) {
        ObjectNode raw = Json.object().put("type", type).set(type, content);
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new Turn(
                "t-0-1",
                "wamid.1",
                CONVERSATION,
                new Business("100", "+1 555 000 0000", "200"),
                ANA,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                true,
                at,
                at,
                List.of(new TurnItem(
                        ContentKind.AUDIO, null, List.of(new TurnMessage("wamid.1", at, ANA, raw)), false)));
    }

    private static TurnOptions options() {
        return new TurnOptions(
                "installation",
                new ChatOptions("i1", "f1", "t1", Duration.ofHours(25), "{name}", Map.of(), Map.of(), List.of(), ""),
                Map.of(),
                AgentTexts.load("en", Optional.empty()),
                true,
                1_024,
                true,
                false,
                List.of("text/plain"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }
}

package lull.applications.chatwoot;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.applications.chatwoot.IncomingParts.Part;
import lull.applications.turns.Answer;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.chatwoot.ChatwootClient;
import lull.chatwoot.ChatwootClient.Attached;
import lull.chatwoot.ChatwootClient.Incoming;
import lull.chatwoot.ChatwootConversation;
import lull.chatwoot.ChatwootError;
import lull.chatwoot.ChatwootFailed;
import lull.chatwoot.ContactSource;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.text.FileNames;
import lull.text.FileTrouble;
import lull.text.PlainMarkdown;
import lull.text.Rendering;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSource;

/// Application that shows turns to people in Chatwoot. What they answer comes by Chatwoot's callbacks,
/// so the answer is always empty. Safe for several threads.
///
/// Chatwoot has no idempotency key, so each attempt looks first at what an earlier one has written: the
/// messages with our ids. A call whose answer got lost is followed by a wait; a message is doubled only
/// if Chatwoot writes it later than that.
public final class ChatwootApplication implements Application {

    /// How far Chatwoot's clock may be behind.
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// How long a turn waits for a file that WhatsApp does not deliver.
    private static final Duration FILE_PATIENCE = Duration.ofMinutes(2);

    /// How soon it asks WhatsApp for it again.
    private static final Duration FILE_AGAIN = Duration.ofSeconds(5);

    /// How soon a turn tries again that found no room for a file.
    private static final Duration BUSY = Duration.ofMillis(200);

    /// Ends of file names that are not the subtype.
    private static final Map<String, String> EXTENSIONS =
            Map.of("jpeg", "jpg", "mpeg", "mp3", "plain", "txt", "quicktime", "mov");

    private final String name;
    private final Options options;
    private final ChatwootClient client;
    private final Files files;
    private final Rendering rendering;
    private final InstantSource clock;

    /// How an inbox is used.
    ///
    /// @param inbox its identifier
    /// @param reopens whether a resolved conversation goes on when its customer writes again
    public record Options(String inbox, boolean reopens) {}

    /// Where customers' files come from.
    ///
    /// @param folder through which they pass
    /// @param maxBytes of a file
    public record Files(MediaSource source, MediaFolder folder, long maxBytes) {}

    /// @param name of the destination
    public ChatwootApplication(
            String name,
            Options options,
            ChatwootClient client,
            Files files,
            Rendering rendering,
            InstantSource clock) {
        this.name = name;
        this.options = options;
        this.client = client;
        this.files = files;
        this.rendering = rendering;
        this.clock = clock;
    }

    @Override
    public Given give(String id, Turn turn, ConversationState state) throws InterruptedException {
        try {
            List<Part> parts = IncomingParts.of(turn, rendering);
            if (parts.isEmpty()) {
                return new Given.Taken(Answer.NONE);
            }
            long conversation = conversation(turn).number();
            Set<String> written =
                    client.messagesSince(conversation, turn.lastReceivedAt().minus(SKEW));
            for (Part part : parts) {
                if (!written.contains(part.sourceId())) {
                    Optional<Outcome.Failure> notYet = write(conversation, turn, part);
                    if (notYet.isPresent()) {
                        return new Given.Failed(notYet.get());
                    }
                }
            }
            return new Given.Taken(Answer.NONE);
        } catch (ChatwootFailed e) {
            return new Given.Failed(failure(e.error()));
        }
    }

    private ChatwootConversation conversation(Turn turn) throws ChatwootFailed, InterruptedException {
        String source = ContactSource.of(options.inbox, turn.conversation());
        Optional<List<ChatwootConversation>> known = client.conversations(source);
        if (known.isEmpty()) {
            createContact(source, turn);
        }
        Optional<ChatwootConversation> latest =
                known.flatMap(all -> all.stream().findFirst()).filter(last -> options.reopens || !last.isResolved());
        return latest.isPresent() ? latest.get() : client.createConversation(source, attributes(turn));
    }

    /// A group is a contact of its own: with the number of who wrote last it would become that person.
    private void createContact(String source, Turn turn) throws ChatwootFailed, InterruptedException {
        Customer customer = turn.customer();
        if (turn.conversation().isGroup()) {
            client.createContact(source, turn.conversation().customer(), null, Map.of());
        } else {
            client.createContact(source, shownName(customer), customer.phone(), attributes(customer));
        }
    }

    private static String shownName(Customer customer) {
        String name = customer.profileName();
        String phone = customer.phone();
        String userId = customer.userId();
        return name != null ? name : phone != null ? "+" + phone : userId != null ? userId : customer.displayName();
    }

    private static Map<String, String> attributes(Customer customer) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String userId = customer.userId();
        String username = customer.username();
        if (userId != null) {
            attributes.put("whatsapp_user_id", userId);
        }
        if (username != null) {
            attributes.put("whatsapp_username", username);
        }
        return attributes;
    }

    private static Map<String, String> attributes(Turn turn) {
        String shown = turn.business().displayPhoneNumber();
        return Map.of("business_number", shown == null ? turn.conversation().businessNumber() : shown);
    }

    /// Returns why a part is not written yet; empty if it is.
    private Optional<Outcome.Failure> write(long conversation, Turn turn, Part part)
            throws ChatwootFailed, InterruptedException {
        Content.Media media = part.file();
        if (media == null) {
            client.write(conversation, new Incoming(part.sourceId(), part.text(), part.answered()));
            return Optional.empty();
        }
        Optional<MediaFolder.Place> room = files.folder.take();
        if (room.isEmpty()) {
            return Optional.of(new Outcome.Deferred(BUSY));
        }
        try (MediaFolder.Place place = room.get()) {
            Fetched fetched = files.source.fetch(media, turn.conversation().businessNumber(), place.original());
            return switch (fetched) {
                case Fetched.Here(String mimeType, long _) -> attach(conversation, part, place, mimeType, media);
                case Fetched.Refused(var why) -> inWords(conversation, part, media, FileTrouble.of(why));
                case Fetched.Retry _ -> {
                    Instant until = turn.lastReceivedAt().plus(FILE_PATIENCE);
                    // Not a failure of Chatwoot, after which it would get no other turns.
                    yield clock.instant().isAfter(until)
                            ? inWords(conversation, part, media, FileTrouble.UNREACHABLE)
                            : Optional.of(new Outcome.Deferred(FILE_AGAIN));
                }
            };
        }
    }

    private Optional<Outcome.Failure> attach(
            long conversation, Part part, MediaFolder.Place place, String mimeType, Content.Media media)
            throws ChatwootFailed, InterruptedException {
        try {
            client.write(
                    conversation,
                    new Incoming(part.sourceId(), part.text(), part.answered()),
                    new Attached(place.original(), mimeType, fileName(media, mimeType)));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    Outcome.retry("A file cannot be read: " + e.getClass().getSimpleName()));
        } catch (ChatwootFailed e) {
            // The words that go with it are more important than a file that Chatwoot does not take.
            if (e.error() instanceof ChatwootError.Refused) {
                return inWords(conversation, part, media, FileTrouble.NOT_TAKEN);
            }
            throw e;
        }
    }

    private static String fileName(Content.Media media, String mimeType) {
        String name = FileNames.shown(media.filename());
        String type = mimeType.substring(mimeType.indexOf('/') + 1);
        return name.isEmpty() ? media.kind().word() + "." + EXTENSIONS.getOrDefault(type, type) : name;
    }

    private Optional<Outcome.Failure> inWords(long conversation, Part part, Content.Media media, FileTrouble why)
            throws ChatwootFailed, InterruptedException {
        String text = PlainMarkdown.of(rendering.notAttached(media, why, files.maxBytes));
        client.write(
                conversation,
                new Incoming(
                        part.sourceId(), part.text().isEmpty() ? text : text + "\n" + part.text(), part.answered()));
        return Optional.empty();
    }

    private Outcome.Failure failure(ChatwootError error) {
        return switch (error) {
            case ChatwootError.Retry(Duration atLeast, String reason) -> new Outcome.Retry(atLeast, reason);
            case ChatwootError.Refused(String reason) -> new Outcome.Reject(reason);
            case ChatwootError.Misconfigured(String reason) ->
                new Outcome.Pause(new PauseScope("destination", name), reason);
        };
    }
}

package lull.bridge.outbound.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lull.bridge.outbound.events.AgentFiles.Loaded;
import lull.contract.reply.ReplyContent.Media;
import lull.lanes.Outcome;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;

/// [ReplySender] of channels that have no uploads: fetches an agent's file from Amazon Connect before the reply is
/// announced, and sends it with the reply. Safe for several threads.
public final class AgentFileSender implements ReplySender {

    /// How long a call waits after Amazon Connect could not be called.
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String UNTYPED = "application/octet-stream";

    private final ReplySender channels;
    private final AgentFiles files;
    private final BusinessNumberLookup numbers;

    /// @param channels sends all parts
    /// @param numbers keeps a reply from naming a file of another channel's chat
    public AgentFileSender(ReplySender channels, AgentFiles files, BusinessNumberLookup numbers) {
        this.channels = channels;
        this.files = files;
        this.numbers = numbers;
    }

    @Override
    public boolean reportsStatus(String businessNumber) {
        return channels.reportsStatus(businessNumber);
    }

    @Override
    public boolean sendsDirectly(String businessNumber) {
        return channels.sendsDirectly(businessNumber);
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        try (Call call = prepare(part)) {
            Optional<WhatsAppError> problem = call.load();
            return problem.isPresent() ? problem.get() : call.send();
        }
    }

    @Override
    public Call prepare(ReplyPart part) {
        if (part.content() instanceof Media media) {
            String id = media.id();
            Optional<AgentFileId> file = id == null ? Optional.empty() : AgentFileId.parse(id);
            if (file.isPresent()) {
                return new FileCall(part, media, file.get());
            }
        }
        return channels.prepare(part);
    }

    /// Call that sends a part with a file. Used once, by one thread.
    private final class FileCall implements Call {

        private final ReplyPart part;
        private final Media media;
        private final AgentFileId id;
        private @Nullable Path path;
        private @Nullable Call ready;

        FileCall(ReplyPart part, Media media, AgentFileId id) {
            this.part = part;
            this.media = media;
            this.id = id;
        }

        @Override
        public Optional<WhatsAppError> load() throws InterruptedException {
            if (numbers.businessNumber(id.initialContactId())
                    .filter(part.conversation().businessNumber()::equals)
                    .isEmpty()) {
                return refused("The file is not one of a chat of this channel");
            }
            return switch (files.load(id)) {
                case Loaded.Here(Path here, long bytes) -> {
                    path = here;
                    ready = channels.prepare(part, new OutgoingFile(here, bytes, mimeType(), name(), files.timeout()));
                    yield Optional.empty();
                }
                case Loaded.Failed(Outcome.Failure failure) ->
                    switch (failure) {
                        case Outcome.Reject(String reason) -> refused("The file cannot be fetched: " + reason);
                        case Outcome.Retry(Duration atLeast, String reason) ->
                            Optional.of(new WhatsAppError.Transient(atLeast, reason));
                        case Outcome.Deferred(Duration time) ->
                            Optional.of(new WhatsAppError.Transient(time, "Amazon Connect is not called yet"));
                        case Outcome.Pause(var _, String reason) ->
                            Optional.of(new WhatsAppError.Transient(SOON, reason));
                    };
            };
        }

        private static Optional<WhatsAppError> refused(String reason) {
            return Optional.of(new WhatsAppError.Refused(WhatsAppError.NO_FILE, reason));
        }

        private String mimeType() {
            ObjectNode more = media.more();
            return more == null ? UNTYPED : more.path(AgentFiles.MIME_TYPE).asText(UNTYPED);
        }

        private String name() {
            String name = media.filename();
            return name == null ? "file" : name;
        }

        @Override
        public Delivery send() throws InterruptedException {
            Call call = ready;
            if (call == null) {
                throw new IllegalStateException("The file is not loaded");
            }
            return call.send();
        }

        @Override
        public void close() {
            AgentFiles.delete(path);
        }
    }
}

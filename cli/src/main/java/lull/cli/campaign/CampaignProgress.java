package lull.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;

/// Progress of a campaign in a file of JSON lines, so that the next run goes on where a killed one was.
/// Each line is in the file before the next step. One process at a time has the file. For one thread.
public final class CampaignProgress implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new HashMap<>();

    /// How far a customer is.
    public enum State {
        /// The ingress is about to be asked, or its answer did not arrive.
        ASKED,
        /// The ingress has accepted the template.
        ACCEPTED,
        /// The ingress has rejected it.
        REJECTED,
        /// An earlier run has asked so long ago that asking again could send the template twice.
        IN_DOUBT,
        /// It is known what became of the template.
        ENDED
    }

    /// What is known of a customer.
    ///
    /// @param at when it was recorded
    /// @param status WhatsApp's, of one that has ended
    /// @param reason why it was rejected or refused
    public record Entry(
            State state,
            Instant at,
            @Nullable String status,
            @Nullable String reason) {}

    private CampaignProgress(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Opens the progress of a campaign, or begins it. Throws [CannotStart] if the file is of another
    /// campaign, or if another process has it.
    public static CampaignProgress open(Path file, String campaign) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            CampaignProgress progress = new CampaignProgress(file, channel);
            try {
                progress.lock();
                progress.read(campaign);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return progress;
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be read or written: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private void lock() throws IOException {
        String busy = "Another process sends this campaign: it has the file " + file;
        try {
            if (channel.tryLock() == null) {
                throw new CannotStart(busy);
            }
        } catch (OverlappingFileLockException e) {
            throw new CannotStart(busy, e);
        }
    }

    private void read(String campaign) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        // What a killed process has begun to write has no end.
        int end = text.lastIndexOf('\n') + 1;
        channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
        if (end == 0) {
            write(Json.object().put("campaign", campaign));
            return;
        }
        boolean isFirst = true;
        for (String line : text.substring(0, end).split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode json = json(line);
            if (isFirst && !json.path("campaign").asText("").equals(campaign)) {
                throw new CannotStart("The file " + file + " has the progress of another campaign than " + campaign
                        + ": use another --name, or another file for --progress");
            }
            if (!isFirst) {
                entries.put(json.path("id").asText(), entry(json));
            }
            isFirst = false;
        }
    }

    private JsonNode json(String line) {
        try {
            return Json.tree(line);
        } catch (UnreadableJson e) {
            throw new CannotStart("The file " + file + " is not the progress of a campaign: move it away", e);
        }
    }

    private Entry entry(JsonNode json) {
        try {
            return new Entry(
                    State.valueOf(json.path("state").asText()),
                    Timestamps.ofIso(json.path("at").asText()).orElseThrow(),
                    json.hasNonNull("status") ? json.path("status").asText() : null,
                    json.hasNonNull("reason") ? json.path("reason").asText() : null);
        } catch (RuntimeException e) {
            throw new CannotStart("The file " + file + " is not the progress of a campaign: move it away", e);
        }
    }

    /// Returns what is known of the reply to a customer.
    public Optional<Entry> of(String replyId) {
        return Optional.ofNullable(entries.get(replyId));
    }

    /// Records how far a customer is.
    public void record(String replyId, Entry entry) {
        write(Json.object()
                .put("id", replyId)
                .put("state", entry.state().name())
                .put("at", entry.at().toString())
                .put("status", entry.status())
                .put("reason", entry.reason()));
        entries.put(replyId, entry);
    }

    private void write(ObjectNode line) {
        ByteBuffer bytes = ByteBuffer.wrap((Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be written: " + e.getClass().getSimpleName()
                            + ". Run the command again when that is possible: it goes on",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be closed: " + e.getClass().getSimpleName(), e);
        }
    }
}

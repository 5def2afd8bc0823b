package lull.cli;

import java.time.Duration;
import java.time.Instant;
import lull.cli.advice.Timelines;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of commands that read when messages of the archive were written.
final class TimelineOptions {

    private static final int MOST_DAYS = 3_650;
    private static final int MOST_MESSAGES = 5_000_000;

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "Only conversations of this business number (WhatsApp's phone number id).")
    private @Nullable String number;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Messages of the last N days. Default: ${DEFAULT-VALUE}")
    private int days;

    @Option(
            names = "--max-messages",
            paramLabel = "N",
            defaultValue = "" + Timelines.MOST_MESSAGES,
            description =
                    "If there are more messages, a part of the conversations is read: which, depends on a digest of"
                            + " their keys only. Default: ${DEFAULT-VALUE}")
    private int maxMessages;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /// Returns the business number; empty: all.
    String number() {
        return ArchiveClient.parameter(number);
    }

    /// Returns the number of messages that are read at most.
    int maxMessages() {
        if (maxMessages < 1 || maxMessages > MOST_MESSAGES) {
            throw new ParameterException(
                    spec.commandLine(), "--max-messages must be from 1 to " + MOST_MESSAGES + ", not " + maxMessages);
        }
        return maxMessages;
    }

    /// Returns the time of which messages are read.
    Duration period() {
        if (days < 1 || days > MOST_DAYS) {
            throw new ParameterException(spec.commandLine(), "--days must be from 1 to " + MOST_DAYS + ", not " + days);
        }
        return Duration.ofDays(days);
    }

    /// Reads the conversations.
    Timelines read(ArchiveClient archive) throws InterruptedException, UnreadableJson {
        return Timelines.read(
                parameters -> archive.get("/timelines", parameters),
                new Timelines.Wanted(number(), Instant.now(), period(), maxMessages()),
                _ -> {});
    }
}

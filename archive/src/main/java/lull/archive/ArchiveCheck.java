package lull.archive;

import java.util.List;
import java.util.Optional;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.DatabaseCheck;
import lull.contract.topic.Topic;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;

/// What `bin/lull doctor` checks of an archive without its process.
public final class ArchiveCheck {

    private ArchiveCheck() {}

    /// Returns what is found in the database; empty if the settings name no PostgreSQL. Only the
    /// archive can use an embedded database.
    public static Optional<DatabaseCheck.Found> database(Settings settings) {
        return ArchiveDatabase.isPostgres(settings.get(ArchiveSettings.URL))
                ? Optional.of(new DatabaseCheck(ArchiveSettings.database(settings)).run())
                : Optional.empty();
    }

    /// Returns the names of the topics that are archived.
    public static List<String> topics(Settings settings) {
        return RecordToRows.followed(settings.get(TopicSettings.INPUTS), settings.get(ArchiveSettings.TURN_TOPICS))
                .stream()
                .map(Topic::name)
                .toList();
    }
}

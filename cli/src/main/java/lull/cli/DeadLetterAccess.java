package lull.cli;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.aggregator.AggregatorSettings;
import lull.applications.ApplicationSettings;
import lull.cli.deadletters.DeadLetterStore;
import lull.cli.deadletters.TrialReader;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.acl.AclOperation;

/// Access to the dead letters of the installation that the settings describe.
final class DeadLetterAccess {

    static final Set<AclOperation> READING = Set.of(AclOperation.READ);
    static final Set<AclOperation> WRITING = Set.of(AclOperation.READ, AclOperation.WRITE);

    private DeadLetterAccess() {}

    /// Returns the settings that say which dead letters there are, and what services would make of them.
    static List<Setting<?>> settings(Configuration.SettingScopes several) {
        return Stream.<Setting<?>>concat(
                        AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()).stream(),
                        several.destinations().stream().flatMap(name -> ApplicationSettings.ofRejecting(name).stream()))
                .toList();
    }

    /// Checks topics and rights, and opens the dead letters. Throws `CannotStart` if something is missing.
    ///
    /// @param needed operations on topics that the caller performs
    static DeadLetterStore checked(Settings settings, Set<AclOperation> needed) throws InterruptedException {
        KafkaSetup kafka = KafkaSetup.of(settings);
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.requirePresent(
                    used(settings, InstallationTopics.of(settings)),
                    InstallationTopics.rights(settings, KafkaAccess.DEAD_LETTERS, needed));
        }
        return open(settings);
    }

    /// Opens the dead letters without any check.
    static DeadLetterStore open(Settings settings) {
        return new DeadLetterStore(
                KafkaSetup.of(settings), InstallationTopics.of(settings), trial(settings), Clock.systemUTC());
    }

    /// Operators see no other topics.
    private static List<Topic> used(Settings settings, List<Topic> topics) {
        Set<String> names = KafkaAccess.DEAD_LETTERS.of(InstallationTopics.access(settings)).stream()
                .map(KafkaAccess.Right::name)
                .collect(Collectors.toSet());
        return topics.stream().filter(topic -> names.contains(topic.name())).toList();
    }

    private static TrialReader trial(Settings settings) {
        return new TrialReader(settings.get(DestinationSettings.DESTINATIONS).stream()
                .filter(name -> ApplicationSettings.rejectsAll(settings, name))
                .collect(Collectors.toSet()));
    }
}

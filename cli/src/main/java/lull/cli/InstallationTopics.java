package lull.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lull.aggregator.stream.StreamSettings;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/// Topics of an installation: those of the catalogue for its input topics, and those to which its turns
/// go.
public final class InstallationTopics {

    private InstallationTopics() {}

    /// Returns the topics of an installation that decide what its processes may do on Kafka.
    ///
    /// @param settings those of the process and of the aggregator
    static KafkaAccess.Scope access(Settings settings) {
        return new KafkaAccess.Scope(settings.get(TopicSettings.INPUTS), StreamSettings.outputs(settings));
    }

    /// Returns the rights on topics and transactional ids that a command needs, to check them; none if the
    /// settings turn the check off.
    ///
    /// @param settings those of the process and of the aggregator
    /// @param operations those that the command performs
    static List<KafkaAccess.Right> rights(Settings settings, KafkaAccess process, Set<AclOperation> operations) {
        return TopicSettings.checked(
                settings,
                process.of(access(settings)).stream()
                        .filter(right -> right.type() != ResourceType.GROUP)
                        .flatMap(right -> right.only(operations).stream())
                        .toList());
    }

    /// Returns the topics, each once.
    ///
    /// @param settings of the process and of the aggregator
    public static List<Topic> of(Settings settings) {
        Map<String, Topic> byName = new LinkedHashMap<>();
        Stream.concat(
                        Topics.all(settings.get(TopicSettings.INPUTS)).stream(),
                        StreamSettings.outputs(settings).stream().flatMap(InstallationTopics::ofOutput))
                .forEach(topic -> byName.putIfAbsent(topic.name(), topic));
        return List.copyOf(byName.values());
    }

    private static Stream<Topic> ofOutput(String name) {
        if (name.equals(Topics.APPLICATION_TURN_EXPECTED.name())) {
            return Stream.of(Topics.APPLICATION_TURN_EXPECTED);
        }
        Topic turns = Topics.turns(name);
        return Stream.of(turns, turns.deadLetters());
    }
}

package lull.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.applications.ApplicationCheck;
import lull.applications.ApplicationRights;
import lull.archive.ArchiveRights;
import lull.bridge.BridgeRights;
import lull.contract.topic.KafkaAccess;
import lull.ingress.IngressRights;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsRight;
import lull.runtime.settings.Settings;

/// Statements of the policy that a process needs with its settings. `bin/lull iam` and the AWS CDK app
/// both use them, so that what is printed is what is deployed. Pure.
public final class ProcessRights {

    private ProcessRights() {}

    /// Returns what a process calls in AWS, except Kafka; empty if it calls nothing.
    ///
    /// @param settings at least those of the process; for the doctor those of ingress, bridge and applications
    public static List<PolicyStatement> inAws(KafkaAccess process, Settings settings, AwsAccount account) {
        return (switch (process) {
                    case INGRESS -> IngressRights.of(settings, account);
                    case BRIDGE -> BridgeRights.of(settings, account);
                    case APPLICATIONS -> ApplicationRights.of(settings, account);
                    case DOCTOR ->
                        Stream.of(
                                        IngressRights.ofDoctor(settings, account),
                                        BridgeRights.ofDoctor(settings, account),
                                        ApplicationCheck.rights(settings, account))
                                .flatMap(List::stream)
                                .toList();
                    case ARCHIVE -> ArchiveRights.of(settings, account);
                    case AGGREGATOR, TOPICS, REPARTITION, DEAD_LETTERS, ERASE -> List.<AwsRight>of();
                })
                .stream().map(PolicyStatement::of).toList();
    }

    /// Returns what a process does on a cluster of Amazon MSK with IAM authentication.
    ///
    /// @param settings at least those of the aggregator, which name the topics
    /// @param cluster the ARN of the cluster
    public static List<PolicyStatement> onKafka(KafkaAccess process, Settings settings, String cluster) {
        return KafkaStatements.of(process.of(InstallationTopics.access(settings)), cluster);
    }

    /// Returns the names of all processes, for people.
    static String processes() {
        return Stream.of(KafkaAccess.values()).map(KafkaAccess::word).collect(Collectors.joining(", "));
    }

    /// Returns the process with this name, as in its command; empty if there is none.
    static Optional<KafkaAccess> process(String word) {
        return Stream.of(KafkaAccess.values())
                .filter(access -> access.word().equals(word))
                .findFirst();
    }
}

package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicsListCommandTest {

    @TempDir
    private Path directory;

    @Test
    void listsEachTopicWithItsConfiguration() throws Exception {
        assertThat(printed("list"))
                .contains(
                        "whatsapp.message.received partitions=12 replication.factor=3 cleanup.policy=delete"
                                + " max.message.bytes=8388608 message.timestamp.type=LogAppendTime min.insync.replicas=2"
                                + " retention.ms=604800000",
                        "lull-turns-whatsapp.message.received-duplicates-changelog partitions=12 replication.factor=3"
                                + " cleanup.policy=compact max.compaction.lag.ms=300000 max.message.bytes=8388608"
                                + " message.timestamp.type=CreateTime min.insync.replicas=2 segment.bytes=33554432");
    }

    @Test
    void aDestinationHasATopicWithDeadLettersAndTheAggregatorMayWriteIt() throws Exception {
        Files.writeString(
                settings(),
                "destinations=bot\ndestination.bot.topic=bot.turn.closed\nroutes=pilot: share=10, to=bot\n",
                StandardOpenOption.APPEND);

        assertThat(printed("list"))
                .anyMatch(line -> line.startsWith("bot.turn.closed partitions=12 replication.factor=3"))
                .anyMatch(line -> line.startsWith("bot.turn.closed.dlq "));
        assertThat(printed("acls", "--strimzi", "prod", "--principal", "User:my-%s"))
                .containsSubsequence(
                        "  name: my-aggregator",
                        "          name: bot.turn.closed",
                        "          patternType: literal",
                        "        operations: [DescribeConfigs, Write]",
                        "  name: my-bridge");
    }

    @Test
    void aManagedKafkaIsNotAskedForWhatItDecidesItself() throws Exception {
        Files.writeString(settings(), "topics.for=express\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

        assertThat(printed("list"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" replication.factor=-1 "))
                .noneMatch(line -> line.contains("segment.bytes") || line.contains("min.insync.replicas"));
        assertThat(printed("list", "--strimzi", "prod"))
                .noneMatch(line -> line.contains("replicas:") || line.contains("segment.bytes"));
    }

    /// A resource of Kubernetes has a stricter name than a topic.
    @Test
    void aTopicOfStrimziHasTheNameOfTheTopic() throws Exception {
        assertThat(printed("list", "--strimzi", "prod"))
                .containsSubsequence(
                        "kind: KafkaTopic",
                        "metadata:",
                        "  name: sales-2",
                        "  labels:",
                        "    strimzi.io/cluster: prod",
                        "spec:",
                        "  topicName: Sales_2",
                        "  partitions: 12",
                        "  replicas: 3",
                        "  config:");
    }

    @Test
    void aUserOfStrimziHasTheRightsOfItsProcess() throws Exception {
        assertThat(printed("acls", "--strimzi", "prod", "--principal", "User:my-%s"))
                .containsSubsequence(
                        "kind: KafkaUser",
                        "  name: my-aggregator",
                        "    type: scram-sha-512",
                        "          type: transactionalId",
                        "          name: lull-turns-Sales_2-",
                        "          patternType: prefix",
                        "        operations: [Write]");
    }

    private Path settings() throws Exception {
        Path config = directory.resolve("lull.properties");
        return Files.exists(config)
                ? config
                : Files.writeString(config, "topics.inputs=whatsapp.message.received,Sales_2\ntopics.partitions=12\n");
    }

    private List<String> printed(String... arguments) throws Exception {
        Path config = settings();
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of("topics"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        assertThat(Lull.commandLine().setOut(new PrintWriter(out, true)).execute(all.toArray(String[]::new)))
                .isZero();
        return out.toString().lines().toList();
    }
}

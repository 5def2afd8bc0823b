package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("proof")
final class TopicsCommandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void makesWhatIsMissingAndTellsWhatIsWrong() throws Exception {
        String broker = SharedBroker.empty();
        Path config = directory.resolve("lull.properties");
        Files.writeString(
                config,
                "kafka.bootstrap.servers=" + broker
                        + "\ntopics.partitions=3\ntopics.replication.factor=1\ntopics.min.insync.replicas=1\n"
                        + "topics.inputs=whatsapp.message.received,support.message.received\n"
                        + "turn.output.support.message.received=support.turn.closed\n"
                        + "ingress.port=0\nadmin.port=0\nwhatsapp.app.secrets=s\nwhatsapp.verify.token=t\n");
        List<Topic> all = new ArrayList<>(Topics.all(List.of("whatsapp.message.received", "support.message.received")));
        all.addAll(List.of(
                Topics.turns("support.turn.closed"),
                Topics.turns("support.turn.closed").deadLetters()));

        Ran missing = Ran.lull("topics", "check", "--config", config.toString());
        Ran service = Ran.lull("ingress", "--config", config.toString());
        Ran made = Ran.lull("topics", "create", "--config", config.toString());
        Ran again = Ran.lull("topics", "create", "--config", config.toString());
        Ran nothing = Ran.lull("topics", "create", "--json", "--config", config.toString());
        Ran right = Ran.lull("topics", "check", "--config", config.toString());
        Ran json = Ran.lull("topics", "check", "--json", "--config", config.toString());

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.out())
                .contains("The topic support.message.received is missing: run `bin/lull topics create`")
                .contains(all.size() + " problems.");
        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).contains(all.size() + " topics created.");
        assertThat(again.out()).contains("All topics exist already.");
        assertThat(nothing.out().strip()).isEqualTo("{\"created\":[]}");
        assertThat(right.exitCode()).isZero();
        assertThat(right.out()).contains("All topics are correct.");
        assertThat(json.out().strip()).isEqualTo("{\"problems\":[]}");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            ConfigResource turns = new ConfigResource(ConfigResource.Type.TOPIC, "whatsapp.turn.closed");
            AlterConfigOp hour =
                    new AlterConfigOp(new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(turns, List.of(hour))).all().get();
            admin.createPartitions(Map.of("whatsapp.reply.requested", NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }

        // The broker tells of a change a little later.
        await().atMost(PATIENCE).untilAsserted(() -> {
            Ran wrong = Ran.lull("topics", "check", "--config", config.toString());
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.out())
                    .contains("whatsapp.turn.closed has retention.ms=3600000, but should have at least 604800000")
                    .contains("whatsapp.reply.sent has 3 partitions, but needs the 4 of whatsapp.reply.requested")
                    .contains("whatsapp.message.status has 3 partitions, but needs the 4 of whatsapp.reply.requested")
                    .contains("whatsapp.reply.requested has 4 partitions, and topics.partitions is 3")
                    .contains("whatsapp.reply.requested has 4 partitions, but was in use with 3")
                    .contains("`bin/lull topics repartition --topic whatsapp.reply.requested --partitions 4`")
                    .contains("5 problems.");
        });

        String other = "topics.partitions=6\ntopics.replication.factor=3\ntopics.min.insync.replicas=2\n";
        Files.writeString(config, other, StandardOpenOption.APPEND);
        Ran laidOutInAnotherWay = Ran.lull("topics", "check", "--config", config.toString());
        assertThat(laidOutInAnotherWay.exitCode()).isEqualTo(1);
        assertThat(laidOutInAnotherWay.out())
                .contains("connect.chat has 3 partitions, and topics.partitions is 6")
                .contains("connect.chat has 1 replicas of a partition, and topics.replication.factor is 3")
                .contains("connect.chat has min.insync.replicas=1, and topics.min.insync.replicas is 2");
    }

    @Test
    void tellsWhatIsWrongWithTheConfigurationInWords() throws Exception {
        Path config = directory.resolve("wrong.properties");
        Files.writeString(config, "topics.partitons=3\n");

        Ran ran = Ran.lull("topics", "check", "--config", config.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("There is no setting topics.partitons").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"express, segment.bytes min.insync.replicas", "serverless, segment.bytes max.compaction.lag.ms"})
    void leavesOutWhatAManagedKafkaDecides(String kind, String decided) throws Exception {
        String broker = SharedBroker.empty();
        Path config = directory.resolve("lull.properties");
        Files.writeString(
                config, "kafka.bootstrap.servers=" + broker + "\ntopics.partitions=2\ntopics.for=" + kind + "\n");

        assertThat(Ran.lull("topics", "create", "--config", config.toString()).exitCode())
                .isZero();

        Ran checked = Ran.lull("topics", "check", "--config", config.toString());
        assertThat(checked.out()).contains("All topics are correct.");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            ConfigResource changelog = new ConfigResource(
                    ConfigResource.Type.TOPIC,
                    Topics.changelog("whatsapp.message.received", "open-turns").name());
            Config has = requireNonNull(
                    admin.describeConfigs(List.of(changelog)).all().get().get(changelog));
            assertThat(has.get("cleanup.policy").source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
            for (String name : decided.split(" ", -1)) {
                assertThat(has.get(name).source()).as(name).isNotEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
            }
        }
    }
}

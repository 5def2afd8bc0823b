package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topics;
import lull.local.GrantsUnderTest.Grant;
import lull.local.broker.RecordingAuthorizer.Request;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every single grant of a command, taken away while it has all others.
@Tag("own-jvm")
@Tag("proof")
final class KafkaCommandRightsIT {

    @TempDir
    private static Path directory = Path.of(".");

    private static GrantsUnderTest grants;

    @BeforeAll
    static void start() throws Exception {
        grants = GrantsUnderTest.start(directory);
    }

    @AfterAll
    static void stop() {
        grants.close();
    }

    static Stream<Grant> ofCommands() {
        return GrantsUnderTest.of(
                KafkaAccess.TOPICS,
                KafkaAccess.DOCTOR,
                KafkaAccess.REPARTITION,
                KafkaAccess.DEAD_LETTERS,
                KafkaAccess.ERASE);
    }

    @ParameterizedTest
    @MethodSource("ofCommands")
    void aMissingGrantIsNamedByTheCommandThatNeedsIt(Grant grant) throws Exception {
        prepare(grant);
        grants.broker().revoke(grant.process(), grant.right(), grant.operation());
        String told;
        try {
            told = problems(grant);
        } finally {
            grants.broker().restore(grant.process(), grant.right(), grant.operation());
        }
        if (grant.process() == KafkaAccess.TOPICS) {
            assertThat(grants.command(KafkaAccess.TOPICS, "topics", "create").exitCode())
                    .isZero();
        }

        GrantsUnderTest.assertNamed(grant, told);
    }

    @Test
    void addingPartitionsNeedsEachRightOfItsList() throws Exception {
        List<Right> rights = KafkaAccess.REPARTITION.of(GrantsUnderTest.SCOPE);
        List<String> topics = rights.stream()
                .filter(right -> right.operations().contains(AclOperation.ALTER))
                .map(Right::name)
                .filter(name -> Topics.partitionedAs(name).isEmpty())
                .toList();
        for (String topic : topics) {
            Ran ran = repartition(topic, 2);
            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        }
        // Only records are read.
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", grants.broker().administrator()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Right right : rights) {
                if (right.operations().contains(AclOperation.READ)) {
                    producer.send(new ProducerRecord<>(right.name(), new byte[] {'{'}, new byte[] {'{'}))
                            .get();
                }
            }
        }
        for (String topic : topics) {
            Ran _ = repartition(topic, 3);
        }

        List<Request> requests = grants.broker().requests();
        assertThat(rights)
                .allSatisfy(right -> assertThat(requests.stream()
                                .filter(request -> request.user().equals("repartition")
                                        && request.name().equals(right.name())
                                        && request.allowed()
                                        && request.told())
                                .map(Request::operation))
                        .as(right.name())
                        .containsAll(right.operations()));
    }

    @Test
    void anErasureNeedsEachRightOfItsList() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", grants.broker().administrator()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(List.of(
                    record(Topics.CHAT.name(), "c-gone", """
                            {"initialContactId":"c-gone","conversation":"100|15550000009","customer":{"phone":"15550000009"},
                            "openedByTurn":"t-0-1","openedByOffset":1,"openedAt":"2026-01-01T00:00:00Z",
                            "endedAt":"2026-01-01T01:00:00Z"}"""),
                    record(Topics.CHAT.name(), "c-open", """
                            {"initialContactId":"c-open","conversation":"100|15550000009","customer":{"phone":"15550000009"},
                            "openedByTurn":"t-0-2","openedByOffset":2,"openedAt":"2026-01-02T00:00:00Z"}"""),
                    record(Topics.CUSTOMER_ALIAS.name(), "15550000008", """
                            {"oldId":"15550000008","newId":"15550000009","businessNumber":"100","messageId":"m",
                            "receivedAt":"2026-01-01T00:00:00Z"}"""),
                    record(Topics.ACCOUNT.name(), "customer/1/100|15550000009/preference/marketing_messages", """
                            {"subject":"customer","id":"100|15550000009","aspect":"preference","of":"marketing_messages",
                            "value":"STOP","urgency":"info","accountId":"1","field":"user_preferences",
                            "at":"2026-01-01T00:00:00Z"}"""),
                    record(Topics.CONVERSATION_BEGUN.name(), "app-1", """
                            {"replyId":"app-1","conversation":"100|15550000009","customer":{"phone":"15550000009"},
                            "template":"hello","beginning":{"attributes":{}},"at":"2026-01-01T00:00:00Z"}""")));
            // Only records are read.
            KafkaAccess.ERASE.of(GrantsUnderTest.SCOPE).stream()
                    .map(Right::name)
                    .forEach(topic -> records.add(record(topic, "{", "{")));
            for (String input : GrantsUnderTest.SCOPE.inputs()) {
                records.add(record(Topics.changelog(input, "duplicates").name(), "100|15550000009", "x"));
            }
            for (ProducerRecord<byte[], byte[]> one : records) {
                producer.send(one).get();
            }
        }

        Ran ran = grants.command(
                KafkaAccess.ERASE,
                "erase",
                "--phone",
                "15550000009",
                "--phone",
                "15550000008",
                "--without-archive",
                "--wait",
                "1s");

        // Neither a bridge nor an aggregator runs here.
        assertThat(failed(ran))
                .contains("connect.chat ", "The chat c-open is open, because no bridge", "has not forgotten within 1s");
        List<Request> requests = grants.broker().requests();
        assertThat(KafkaAccess.ERASE.of(GrantsUnderTest.SCOPE))
                .allSatisfy(right -> assertThat(requests.stream()
                                .filter(request -> request.user().equals("erase")
                                        && request.name().equals(right.name())
                                        && request.allowed()
                                        && request.told())
                                .map(Request::operation))
                        .as(right.name())
                        .containsAll(right.operations()));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(
                topic, 0, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static void prepare(Grant grant) throws Exception {
        if (grant.operation() == AclOperation.CREATE) {
            grants.delete(List.of(grant.right().name()));
        } else if (grant.process() == KafkaAccess.TOPICS && grant.operation() == AclOperation.WRITE) {
            // Then the numbers of partitions are to be recorded.
            grants.delete(List.of(grant.right().name()));
            try (Admin admin = grants.administrator()) {
                admin.createTopics(List.of(new NewTopic(Topics.TOPIC_LAYOUT.name(), 1, (short) 1)
                                .configs(Topics.TOPIC_LAYOUT.config())))
                        .all()
                        .get();
            }
        }
    }

    /// Returns what is said by what needs the right.
    private static String problems(Grant grant) throws Exception {
        return switch (grant.process()) {
            case TOPICS -> {
                boolean isOfCreate =
                        grant.operation() == AclOperation.CREATE || grant.operation() == AclOperation.WRITE;
                yield failed(grants.command(KafkaAccess.TOPICS, "topics", isOfCreate ? "create" : "check"));
            }
            case DOCTOR ->
                failed(
                        grant.right().type() == ResourceType.TOPIC
                                ? grants.command(
                                        KafkaAccess.DOCTOR, "doctor", "--to", "15550000001", "--patience", "1s")
                                : grants.command(KafkaAccess.DOCTOR, "doctor"));
            case REPARTITION -> failed(repartition(grant));
            case DEAD_LETTERS -> failed(grants.command(KafkaAccess.DEAD_LETTERS, "dlq", "replay", "--all"));
            case ERASE ->
                failed(grants.command(
                        KafkaAccess.ERASE, "erase", "--phone", "15550000009", "--without-archive", "--wait", "0s"));
            case INGRESS, AGGREGATOR, BRIDGE, APPLICATIONS, ARCHIVE ->
                throw new IllegalArgumentException("No command: " + grant);
        };
    }

    private static Ran repartition(Grant grant) throws IOException {
        String name = grant.right().name();
        boolean isRoot = grant.right().type() == ResourceType.TOPIC && !name.equals(Topics.TOPIC_LAYOUT.name());
        return repartition(isRoot ? Topics.partitionedAs(name).orElse(name) : Topics.ACCOUNT_EVENT.name(), 2);
    }

    private static Ran repartition(String topic, int number) throws IOException {
        return grants.command(
                KafkaAccess.REPARTITION,
                "topics",
                "repartition",
                "--topic",
                topic,
                "--partitions",
                Integer.toString(number));
    }

    private static String failed(Ran ran) {
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(1);
        return ran.out() + ran.err();
    }
}

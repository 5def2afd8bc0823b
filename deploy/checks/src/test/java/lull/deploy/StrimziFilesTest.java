package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds Strimzi's topics and users to the catalogue of topics and to the rights of processes.
final class StrimziFilesTest {

    private static final Path FOLDER = DeployFiles.DEPLOY.resolve("kubernetes/overlays/strimzi/kafka");

    @ParameterizedTest
    @CsvSource({"topics.yaml, list", "users.yaml, acls"})
    void theFilesAreWhatTheCommandsPrint(String file, String command) {
        assertThat(DeployFiles.read(FOLDER.resolve(file)))
                .as("%s is behind the code: write what `bin/lull topics %s --strimzi lull` prints to it", file, command)
                .isEqualTo(DeployFiles.run("topics", command, "--strimzi", "lull"));
    }

    @Test
    void everyTopicIsThereAsTheCatalogueHasIt() {
        List<KafkaTopic> topics =
                resources("topics.yaml").map(KafkaTopic.class::cast).toList();

        assertThat(topics.stream().map(topic -> topic.getSpec().getTopicName()))
                .containsExactlyInAnyOrderElementsOf(Topics.all(List.of("whatsapp.message.received")).stream()
                        .map(Topic::name)
                        .toList());
        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
            assertThat(topic.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "lull");
            assertThat(topic.getSpec().getConfig()).containsEntry("min.insync.replicas", 2);
        });
    }

    @Test
    void everyProcessIsAUserWithItsRights() {
        List<KafkaUser> users =
                resources("users.yaml").map(KafkaUser.class::cast).toList();

        assertThat(users.stream().map(user -> user.getMetadata().getName()))
                .containsExactlyElementsOf(Stream.of(KafkaAccess.values())
                        .map(process -> "lull-" + process.word())
                        .toList());
        assertThat(users.stream()
                        .map(user -> user.getSpec().getAuthentication().getType())
                        .collect(Collectors.toUnmodifiableSet()))
                .containsExactly("scram-sha-512");
    }

    @Test
    void theBrokersHaveTheListenerThatProcessesUse() {
        Path overlay = FOLDER.resolveSibling("cluster");
        Kafka kafka = DeployFiles.documents(DeployFiles.read(overlay.resolve("kafka.yaml"))).stream()
                .map(StrictModels::read)
                .filter(Kafka.class::isInstance)
                .map(Kafka.class::cast)
                .findFirst()
                .orElseThrow();
        Map<String, String> env = DeployFiles.env(overlay.resolveSibling("lull.env"));

        assertThat(env)
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", kafka.getMetadata().getName() + "-kafka-bootstrap.kafka:9093")
                .containsEntry("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        assertThat(kafka.getSpec().getKafka().getListeners()).singleElement().satisfies(listener -> {
            assertThat(listener.getPort()).isEqualTo(9093);
            assertThat(listener.isTls()).isTrue();
            assertThat(listener.getAuth().getType()).isEqualTo("scram-sha-512");
        });
        assertThat(kafka.getSpec().getKafka().getAuthorization().getType()).isEqualTo("simple");
        assertThat(kafka.getSpec().getEntityOperator().getTopicOperator()).isNotNull();
        assertThat(kafka.getSpec().getEntityOperator().getUserOperator()).isNotNull();
    }

    @Test
    void thePageInstallsTheOperatorWhoseModelsAreUsedHere() {
        String version = Pattern.compile("<strimzi.version>(.*)</strimzi.version>")
                .matcher(DeployFiles.read(DeployFiles.ROOT.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains("operator of Strimzi " + version, "strimzi-cluster-operator-" + version + ".yaml");
    }

    private static Stream<Object> resources(String file) {
        return DeployFiles.documents(DeployFiles.read(FOLDER.resolve(file))).stream()
                .map(StrictModels::read);
    }
}

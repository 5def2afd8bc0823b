package lull.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrictModelsTest {

    @ParameterizedTest
    @CsvSource({
        "apps/v1, StatefulSet, 'template: {spec: {terminationGracePeriod: 60}}', terminationGracePeriod",
        "apps/v1, Deployment, 'template: {spec: {containers: [{name: a, readynessProbe: {}}]}}', readynessProbe",
        "policy/v1, PodDisruptionBudget, 'maxUnavailabel: 1', maxUnavailabel",
        "kafka.strimzi.io/v1, KafkaTopic, 'partition: 1', partition",
        "kafka.strimzi.io/v1, KafkaUser, 'authorization: {type: simple, acls: [{resource: {type: topic, patternTyp: prefix}}]}', patternTyp",
        "monitoring.coreos.com/v1, ServiceMonitor, 'endpoints: [{ports: admin}]', ports",
        "external-secrets.io/v1, ExternalSecret, 'refresh: 1h', refresh"
    })
    void aMisspeltNameIsFound(String apiVersion, String kind, String spec, String name) {
        String yaml = "apiVersion: " + apiVersion + "\nkind: " + kind + "\nspec: {" + spec + "}\n";

        assertThatThrownBy(() -> StrictModels.read(DeployFiles.documents(yaml).getFirst()))
                .hasMessageContaining("\"" + name + "\"");
    }
}

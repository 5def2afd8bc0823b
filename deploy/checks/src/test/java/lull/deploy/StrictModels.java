package lull.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Typed models of all kinds of resources that deploy/kubernetes has, read so that a name which a
/// model does not know is an error.
final class StrictModels {

    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new NoAnySetter())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("batch/v1 CronJob", CronJob.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("external-secrets.io/v1 SecretStore", SecretStore.class),
            Map.entry("external-secrets.io/v1 ExternalSecret", ExternalSecret.class));

    private StrictModels() {}

    /// The resource as its model; throws where it has a name or a type that the model does not have.
    static Object read(JsonNode resource) {
        String kind = resource.path("apiVersion").asText() + " "
                + resource.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("No model of " + kind);
        }
        try {
            return STRICT.treeToValue(resource, type);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(kind + ": " + e.getOriginalMessage() + " at " + e.getMessage(), e);
        }
    }

    /// Models keep unknown names in a map, which hides misspelt ones.
    private static final class NoAnySetter extends JacksonAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    // What we use of resources of which no model is published; a name that is missing here is added after a look at the
    // reference of the operator.

    record Selector(Map<String, String> matchLabels) {}

    record Endpoint(String port, String path, String interval) {}

    record ServiceMonitor(String apiVersion, String kind, ObjectMeta metadata, ServiceMonitorSpec spec) {}

    record ServiceMonitorSpec(Selector selector, List<Endpoint> endpoints) {}

    record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, PodMonitorSpec spec) {}

    record PodMonitorSpec(String jobLabel, Selector selector, List<Endpoint> podMetricsEndpoints) {}

    record PrometheusRule(String apiVersion, String kind, ObjectMeta metadata, RuleGroups spec) {}

    record RuleGroups(List<RuleGroup> groups) {}

    record RuleGroup(String name, List<Rule> rules) {}

    record Rule(
            String alert,
            String expr,
            @JsonProperty("for") @Nullable String duration,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    record SecretStore(String apiVersion, String kind, ObjectMeta metadata, SecretStoreSpec spec) {}

    record SecretStoreSpec(Provider provider) {}

    record Provider(Aws aws) {}

    record Aws(String service, String region) {}

    record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, ExternalSecretSpec spec) {}

    record ExternalSecretSpec(
            String refreshInterval, StoreReference secretStoreRef, Target target, List<SecretKey> data) {}

    record StoreReference(String kind, String name) {}

    record Target(String name) {}

    record SecretKey(@JsonProperty("secretKey") String name, Remote remoteRef) {}

    record Remote(String key, String property) {}
}

package lull.cdk;

import static lull.cdk.Synthesized.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cluster of each choice, and the load balancer's paths.
final class KafkaTest {

    @ParameterizedTest
    @CsvSource({
        "example, express, express.m7g.large, 3, 3.9.x",
        "standard, standard, kafka.m7g.xlarge, 4, 4.1.x.kraft",
        "regions, express, express.m7g.large, 3, 3.9.x"
    })
    void brokersAreOfTheChosenKind(String name, String kind, String type, int brokers, String version) {
        Synthesized all = name.equals("example") ? Synthesized.example() : Synthesized.named(name);

        assertThat(all.resources("AWS::MSK::Cluster")).singleElement().satisfies(cluster -> {
            assertThat(cluster.at("/BrokerNodeGroupInfo/InstanceType").asText()).isEqualTo(type);
            assertThat(cluster.at("/NumberOfBrokerNodes").asInt()).isEqualTo(brokers);
            assertThat(cluster.at("/KafkaVersion").asText()).isEqualTo(version);
            assertThat(cluster.at("/ClientAuthentication/Sasl/Iam/Enabled").asBoolean())
                    .isTrue();
            assertThat(cluster.at("/ClientAuthentication/Unauthenticated/Enabled")
                            .asBoolean(true))
                    .isFalse();
            // Express brokers have no disks of a chosen size.
            assertThat(cluster.at("/BrokerNodeGroupInfo").has("StorageInfo")).isEqualTo(kind.equals("standard"));
        });
        assertThat(all.environment("topics")).containsEntry("LULL_TOPICS_FOR", kind);
        assertThat(all.environment("ingress").get("KAFKA_BOOTSTRAP_SERVERS")).isEqualTo("${later}");
    }

    /// A new list of versions would be another configuration, of the same name.
    @ParameterizedTest
    @CsvSource({"example, PER_BROKER", "standard, DEFAULT"})
    void theVersionAndTheConfigurationOfARunningClusterCanChange(String name, String monitoring) {
        Synthesized all = name.equals("example") ? Synthesized.example() : Synthesized.named(name);
        Synthesized.Resource configuration =
                all.resources("AWS::MSK::Configuration").findFirst().orElseThrow();

        assertThat(configuration.at("/KafkaVersionsList").isMissingNode()).isTrue();
        assertThat(all.resources("AWS::MSK::Cluster")).singleElement().satisfies(cluster -> {
            assertThat(cluster.at("/ConfigurationInfo/Revision").toString())
                    .isEqualTo("{\"Fn::GetAtt\":[\"" + configuration.id() + "\",\"LatestRevision.Revision\"]}");
            // Throttling is not measured on the free level.
            assertThat(cluster.at("/EnhancedMonitoring").asText()).isEqualTo(monitoring);
        });
    }

    @Test
    void aClusterThatExistsIsUsedAsItIs() {
        Synthesized all = Synthesized.named("existing");

        assertThat(all.resources().filter(resource -> resource.type().startsWith("AWS::MSK::")))
                .isEmpty();
        assertThat(all.resources("AWS::EC2::VPC")).isEmpty();
        assertThat(all.environment("bridge"))
                .containsEntry("LULL_TOPICS_FOR", "standard")
                .containsEntry("LULL_STREAMS_STANDBYS", "0")
                .containsEntry(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "b-1.example.kafka.eu-central-1.amazonaws.com:9098,b-2.example.kafka.eu-central-1.amazonaws.com:9098");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    example|["/webhooks/whatsapp","/webhooks/whatsapp/*"]
                    standard|["/webhooks/whatsapp","/webhooks/whatsapp/*"] ["/replies"] ["203.0.113.0/24","198.51.100.7/32"]
                    regions|["/replies"] ["203.0.113.0/24"]
                    """)
    void theLoadBalancerForwardsThePathsThatAreUsed(String name, String expected) {
        Synthesized all = name.equals("example") ? Synthesized.example() : Synthesized.named(name);
        StringBuilder conditions = new StringBuilder();
        all.resources("AWS::ElasticLoadBalancingV2::ListenerRule")
                .forEach(rule -> rule.at("/Conditions")
                        .forEach(condition ->
                                conditions.append(condition.findValue("Values")).append(' ')));

        assertThat(conditions.toString().strip()).isEqualTo(expected);
    }

    @Test
    void withoutAnybodyToLetInThereIsNoLoadBalancer() {
        Synthesized all = Synthesized.named("closed");

        assertThat(all.resources().filter(one -> one.type().startsWith("AWS::ElasticLoadBalancingV2::")))
                .isEmpty();
        assertThat(all.resources("AWS::EC2::SecurityGroup")
                        .filter(group ->
                                group.at("/SecurityGroupIngress").toString().contains("Cidr")))
                .isEmpty();
        assertThat(all.service("ingress").at("/HealthCheckGracePeriodSeconds").isMissingNode())
                .isTrue();
        assertThat(all.findings()).isEmpty();
        assertThat(all.environment("ingress")).containsKey("LULL_EUM_QUEUE_URL");
    }

    /// On the way back to an earlier version one service after the other.
    @Test
    void aProcessCanHaveAnotherTagThanTheOthers() {
        Synthesized all = Synthesized.named("closed");

        assertThat(text(all.container("ingress").path("Image"))).endsWith("/lull/ingress:0.1.0");
        assertThat(text(all.container("bridge").path("Image"))).endsWith("/lull/connect-bridge:0.2.0");
    }

    /// Nothing uses it, and by default it lets everything in it talk to each other.
    @Test
    void theDefaultSecurityGroupAllowsNothing() {
        assertThat(Synthesized.example().resources("Custom::VpcRestrictDefaultSG"))
                .hasSize(1);
    }

    @Test
    void optionsThatCostMoneyAreOffUnlessTheyAreChosen() {
        assertThat(Synthesized.example().resources("AWS::WAFv2::WebACL")).isEmpty();
        assertThat(Synthesized.example().resources("AWS::Route53::RecordSet")).isEmpty();
        assertThat(Synthesized.named("standard").resources("AWS::WAFv2::WebACL"))
                .singleElement()
                .satisfies(acl -> assertThat(acl.at("/Rules/0/Statement/RateBasedStatement/Limit")
                                .asInt())
                        .isEqualTo(60_000));
        assertThat(Synthesized.named("standard").resources("AWS::Route53::RecordSet"))
                .singleElement()
                .satisfies(record -> assertThat(record.at("/Name").asText()).isEqualTo("chat.example.com."));
    }
}

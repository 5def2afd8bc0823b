package lull.cdk;

import static lull.cdk.Synthesized.text;
import static lull.cdk.Synthesized.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.cdk.Synthesized.Resource;
import lull.cdk.installation.Installation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold in the templates of every installation, whatever it chooses.
final class SafetyTest {

    /// Actions for which AWS knows no resources.
    private static final Set<String> WITHOUT_RESOURCES = Set.of(
            "ecr:GetAuthorizationToken",
            "kafka:GetBootstrapBrokers",
            "sns:GetSubscriptionAttributes",
            "transcribe:StartStreamTranscription");

    /// The same of ECS Exec, if it is chosen.
    private static final Set<String> OF_SESSIONS = Set.of(
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
            "logs:DescribeLogGroups");

    /// Statement of a policy.
    private record Statement(Resource resource, JsonNode node) {
        List<String> actions() {
            return texts(node.path("Action"));
        }

        List<String> resources() {
            return texts(node.path("Resource"));
        }
    }

    static List<Path> files() {
        return Synthesized.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void cdkNagFindsNothing(Path file) {
        assertThat(Synthesized.of(file).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsEnoughToSynthesize(Path file) {
        assertThat(Synthesized.of(file).asksAccount()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noPolicyAllowsAllActionsOfAService(Path file) {
        assertThat(statements(Synthesized.of(file)))
                .hasSizeGreaterThan(20)
                .allSatisfy(statement -> assertThat(statement.actions())
                        .as("actions of %s", statement)
                        .noneMatch(action -> action.equals("*") || action.endsWith(":*")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aPolicyNamesItsResourcesIfItsActionsHaveAny(Path file) {
        Synthesized all = Synthesized.of(file);
        Set<String> withoutResources = new HashSet<>(WITHOUT_RESOURCES);
        if (all.installation().operations().exec()) {
            withoutResources.addAll(OF_SESSIONS);
        }

        assertThat(statements(all).stream()
                        .filter(statement -> statement.resources().contains("*")))
                .isNotEmpty()
                .allSatisfy(statement -> assertThat(withoutResources)
                        .as("actions of %s", statement)
                        .containsAll(statement.actions()));
    }

    /// A policy that anybody can use has a condition.
    @ParameterizedTest
    @MethodSource("files")
    void servicesOfAwsActForThisAccountOnly(Path file) {
        Synthesized all = Synthesized.of(file);
        List<JsonNode> allowed = all.resources()
                .flatMap(resource -> Stream.of("/PolicyDocument", "/KeyPolicy", "/AssumeRolePolicyDocument")
                        .map(resource::at))
                .flatMap(policy -> elements(policy.path("Statement")))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .toList();

        assertThat(allowed)
                .hasSizeGreaterThan(10)
                .noneMatch(statement -> statement.path("Principal").asText().equals("*")
                        || text(statement.path("Principal").path("AWS")).equals("*"));
        assertThat(allowed.stream()
                        .filter(statement -> texts(statement.at("/Principal/Service")).stream()
                                .anyMatch(service -> service.matches(
                                        "(sns(\\..*)?|connect|social-messaging|cloudwatch)\\.amazonaws\\.com"))))
                .hasSizeGreaterThan(4)
                .allMatch(statement -> statement
                                .at("/Condition/StringEquals")
                                .path("aws:SourceAccount")
                                .asText()
                                .equals(all.installation().account())
                        || statement.at("/Condition/ArnEquals/aws:SourceArn").has("Ref"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everythingThatKeepsDataIsEncryptedWithAKeyOfTheInstallation(Path file) {
        Synthesized all = Synthesized.of(file);

        assertThat(all.resources("AWS::Logs::LogGroup")).hasSizeGreaterThan(3).allSatisfy(log -> {
            assertThat(log.at("/KmsKeyId").isMissingNode()).as("%s", log).isFalse();
            assertThat(log.at("/RetentionInDays").asInt())
                    .isEqualTo(all.installation().logDays());
        });
        assertThat(Stream.concat(all.resources("AWS::SQS::Queue"), all.resources("AWS::SNS::Topic")))
                .hasSizeGreaterThan(3)
                .allSatisfy(one -> assertThat(one.at("/KmsMasterKeyId").isMissingNode())
                        .as("%s", one)
                        .isFalse());
        assertThat(all.resources("AWS::S3::Bucket"))
                .isNotEmpty()
                .allSatisfy(bucket -> assertThat(bucket.at(
                                        "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                                .asText())
                        .as("%s", bucket)
                        .isEqualTo(bucket.at("/BucketName").asText().contains("access-logs") ? "AES256" : "aws:kms"));
        assertThat(all.resources("AWS::KMS::Key"))
                .hasSizeGreaterThan(2)
                .allSatisfy(key ->
                        assertThat(key.at("/EnableKeyRotation").asBoolean()).isTrue());
        assertThat(all.resources("AWS::MSK::Cluster")).allSatisfy(cluster -> {
            assertThat(cluster.at("/EncryptionInfo/EncryptionAtRest/DataVolumeKMSKeyId")
                            .isMissingNode())
                    .isFalse();
            assertThat(cluster.at("/EncryptionInfo/EncryptionInTransit/ClientBroker")
                            .asText())
                    .isEqualTo("TLS");
            assertThat(cluster.at("/EncryptionInfo/EncryptionInTransit/InCluster")
                            .asBoolean())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingButTheLoadBalancerCanBeReachedFromOutside(Path file) {
        Synthesized all = Synthesized.of(file);
        List<String> open = new ArrayList<>();
        all.resources("AWS::EC2::SecurityGroup")
                .forEach(group -> elements(group.at("/SecurityGroupIngress"))
                        .filter(rule -> rule.has("CidrIp") || rule.has("CidrIpv6"))
                        .forEach(rule -> open.add(group.at("/GroupDescription").asText() + " " + rule.path("FromPort")
                                + "-" + rule.path("ToPort"))));

        List<String> expected = new ArrayList<>(List.of("Load balancer of Lull 443-443"));
        boolean hasConsoleBalancer = hasConsoleBalancer(all);
        if (hasConsoleBalancer) {
            all.installation()
                    .console()
                    .orElseThrow()
                    .door()
                    .orElseThrow()
                    .from()
                    .forEach(_ -> expected.add("Load balancer of the console of Lull 443-443"));
        }
        assertThat(open).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(all.resources("AWS::EC2::SecurityGroupIngress"))
                .noneMatch(rule -> rule.node().toString().contains("Cidr"));
        assertThat(all.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
                        .map(balancer -> balancer.at("/Scheme").asText()))
                .containsExactlyInAnyOrderElementsOf(
                        hasConsoleBalancer ? List.of("internet-facing", "internal") : List.of("internet-facing"));
        assertThat(all.resources("AWS::ElasticLoadBalancingV2::Listener"))
                .allSatisfy(listener ->
                        assertThat(listener.at("/Protocol").asText()).isEqualTo("HTTPS"))
                .filteredOn(listener -> !listener.id().startsWith("ConsoleDoor"))
                .singleElement()
                .satisfies(listener -> {
                    assertThat(listener.at("/DefaultActions/0/FixedResponseConfig/StatusCode")
                                    .asText())
                            .isEqualTo("404");
                });
        assertThat(all.resources("AWS::ECS::Service"))
                .hasSize(all.services().size())
                .allSatisfy(service -> assertThat(service.at("/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")
                                .asText())
                        .isEqualTo("DISABLED"));
        assertThat(all.resources("AWS::EC2::Subnet"))
                .noneMatch(subnet -> subnet.at("/MapPublicIpOnLaunch").asBoolean());
        assertThat(all.resources("AWS::MSK::Cluster"))
                .noneMatch(cluster -> cluster.node().toString().contains("PublicAccess"));
        assertThat(all.resources("AWS::S3::Bucket"))
                .allSatisfy(bucket -> assertThat(elements(bucket.at("/PublicAccessBlockConfiguration")))
                        .hasSize(4)
                        .allMatch(JsonNode::asBoolean));
    }

    @ParameterizedTest
    @MethodSource("files")
    void dataOutliveTheirStackUnlessItsFirstDeploymentFails(Path file) {
        assertThat(Synthesized.of(file)
                        .resources()
                        .filter(resource -> Set.of(
                                        "AWS::MSK::Cluster",
                                        "AWS::MSK::Configuration",
                                        "AWS::SQS::Queue",
                                        "AWS::S3::Bucket",
                                        "AWS::KMS::Key")
                                .contains(resource.type())))
                .hasSizeGreaterThan(4)
                .allSatisfy(resource -> assertThat(
                                resource.node().path("DeletionPolicy").asText())
                        .as("%s", resource)
                        .isEqualTo("RetainExceptOnCreate"))
                .allSatisfy(resource -> assertThat(
                                resource.node().path("UpdateReplacePolicy").asText())
                        .as("%s", resource)
                        .isEqualTo("Retain"));
    }

    /// A first deployment that fails must be deleted, so nothing is protected before it has succeeded.
    @ParameterizedTest
    @MethodSource("files")
    void stacksAndLoadBalancerAreProtectedIfTheFileSaysSo(Path file) {
        Synthesized all = Synthesized.of(file);
        boolean isProtected = all.installation().isProtected();

        assertThat(isProtected).isEqualTo(file.endsWith("standard.yaml"));
        assertThat(all.terminationProtection()).hasSizeGreaterThan(4).containsOnly(isProtected);
        assertThat(all.resources("AWS::ElasticLoadBalancingV2::LoadBalancer"))
                .hasSize(hasConsoleBalancer(all) ? 2 : 1)
                .allSatisfy(balancer -> assertThat(elements(balancer.at("/LoadBalancerAttributes"))
                                .filter(one -> one.path("Key").asText().equals("deletion_protection.enabled"))
                                .map(one -> one.path("Value").asText()))
                        .containsExactly(Boolean.toString(isProtected)));
    }

    private static boolean hasConsoleBalancer(Synthesized all) {
        return all.installation().console().flatMap(Installation.Console::door).isPresent();
    }

    private static List<Statement> statements(Synthesized all) {
        List<Statement> statements = new ArrayList<>();
        all.resources()
                .filter(resource -> resource.type().startsWith("AWS::IAM::"))
                .forEach(resource -> {
                    elements(resource.at("/PolicyDocument/Statement"))
                            .forEach(one -> statements.add(new Statement(resource, one)));
                    elements(resource.at("/Policies"))
                            .flatMap(policy -> elements(policy.at("/PolicyDocument/Statement")))
                            .forEach(one -> statements.add(new Statement(resource, one)));
                });
        return statements;
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

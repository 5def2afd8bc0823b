package lull.cdk;

import static lull.cdk.Synthesized.text;
import static lull.cdk.Synthesized.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.cdk.installation.LullSettings;
import lull.cli.Lull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The roles of the processes, held to what `bin/lull iam` prints.
final class RolesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    static List<Path> files() {
        return Synthesized.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRoleIsWhatTheCommandPrints(Path file) throws Exception {
        Synthesized all = Synthesized.of(file);
        Path config = folder.resolve("lull.properties");
        Files.write(
                config,
                LullSettings.of(all.installation()).entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .toList());
        String id = "11111111-2222-4333-8444-555555555555-1";
        String cluster = "arn:aws:kafka:" + all.installation().region() + ":"
                + all.installation().account() + ":cluster/"
                + all.installation().name() + "/" + id;

        for (String process : roles(all)) {
            JsonNode printed = JSON.readTree(run(
                    "iam",
                    "--config",
                    config.toString(),
                    "--process",
                    // What it does with dead letters.
                    process.equals("console") ? "dlq" : process,
                    "--account",
                    all.installation().account(),
                    "--cluster",
                    cluster));
            assertThat(allowed(role(all, process).at("/Policies/0/PolicyDocument/Statement"), id).stream()
                            .filter(statement -> !statement.startsWith("UseKey")))
                    .as("the role of %s", process)
                    .hasSizeGreaterThan(1)
                    .containsExactlyInAnyOrderElementsOf(allowed(printed.path("Statement"), id));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void rolesAreNotLargerThanAwsAllows(Path file) {
        Synthesized all = Synthesized.of(file);

        assertThat(roles(all))
                .allSatisfy(process -> assertThat(known(role(all, process).at("/Policies"))
                                .toString()
                                .length())
                        .isLessThan(10_240));
    }

    /// The bridge decrypts chat events, an ingress only what a queue brings, and an aggregator
    /// nothing. What writes files also encrypts. The doctor asks queues, and reads nothing in them.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            example|bridge [kms:Decrypt]
            standard|ingress [kms:Decrypt, kms:GenerateDataKey], bridge [kms:Decrypt, kms:GenerateDataKey], archive [kms:Decrypt]
            regions|ingress [kms:Decrypt], bridge [kms:Decrypt, kms:GenerateDataKey]
            """)
    void aProcessUsesTheKeyOfMessagesAsItNeeds(String name, String expected) {
        Synthesized all = name.equals("example") ? Synthesized.example() : Synthesized.named(name);

        assertThat(roles(all).stream()
                        .flatMap(process ->
                                allowed(role(all, process).at("/Policies/0/PolicyDocument/Statement"), "").stream()
                                        .filter(statement -> statement.startsWith("UseKey "))
                                        .map(statement ->
                                                process + " " + statement.replaceFirst("UseKey (\\[.*?]).*", "$1")))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    /// The bucket is named by the settings, which all of them have.
    @Test
    void filesAreKeptByIngressAndBridgeAndOpenedAndDeletedByTheArchiveAlone() {
        Synthesized all = Synthesized.named("standard");
        String bucket = "acme-test-kept-210987654321-us-east-1";

        assertThat(with(all, "KeepFiles")).containsExactly("ingress", "bridge");
        assertThat(with(all, "ReadKeptFiles")).containsExactly("archive");
        assertThat(allowed(role(all, "archive").at("/Policies/0/PolicyDocument/Statement"), ""))
                .anyMatch(statement -> statement.startsWith("ReadKeptFiles [s3:DeleteObject, s3:GetObject] ")
                        && statement.contains(bucket + "/*"))
                .anyMatch(statement ->
                        statement.startsWith("FindKeptFiles [s3:ListBucket] ") && statement.contains(bucket));
        for (String process : List.of("ingress", "bridge", "archive", "doctor")) {
            assertThat(all.environment(process)).containsEntry("LULL_MEDIA_KEPT", "s3://" + bucket);
        }
        // Files of applications pass through the ingress, which uploads them.
        assertThat(all.secrets("ingress"))
                .contains("LULL_WHATSAPP_ACCESS_TOKEN", "LULL_WHATSAPP_ACCESS_TOKEN_106540352242933");
        assertThat(with(Synthesized.example(), "KeepFiles")).isEmpty();
        assertThat(Synthesized.example().secrets("ingress")).noneMatch(name -> name.contains("ACCESS_TOKEN"));
    }

    /// The processes whose role has a statement with this id.
    private static List<String> with(Synthesized all, String id) {
        return roles(all).stream()
                .filter(process -> allowed(role(all, process).at("/Policies/0/PolicyDocument/Statement"), "").stream()
                        .anyMatch(statement -> statement.startsWith(id + " ")))
                .toList();
    }

    @Test
    void applicationsGetTurnsFromTheirProcessAloneAndTheDoctorAsksForThem() {
        Synthesized all = Synthesized.named("standard");

        assertThat(roles(all).stream()
                        .filter(process ->
                                role(all, process).at("/Policies").toString().contains("lambda:InvokeFunction")))
                .containsExactly("applications");
        assertThat(role(all, "applications").at("/Policies").toString())
                .contains("function:site:live", "sqs:SendMessage", "turns.fifo")
                .doesNotContain("kms:");
        assertThat(role(all, "doctor").at("/Policies").toString())
                .contains("lambda:GetFunctionConfiguration", "function:site:live", "turns.fifo")
                .doesNotContain("sqs:SendMessage");
    }

    /// They call an aggregator or the archive with a token.
    @Test
    void whatChangesGapsOrAdvisesOnThemMayDoNothingInAws() {
        assertThat(role(Synthesized.example(), "gap").at("/Policies").isMissingNode())
                .isTrue();
        assertThat(Synthesized.example().secrets("gap")).containsExactly("LULL_AGGREGATOR_TOKENS");
        assertThat(role(Synthesized.named("standard"), "advice").at("/Policies").isMissingNode())
                .isTrue();
    }

    /// Those with rights on Kafka.
    private static List<String> roles(Synthesized all) {
        return all.processes().stream()
                .filter(process -> !List.of("gap", "advice").contains(process))
                .toList();
    }

    private static Synthesized.Resource role(Synthesized all, String process) {
        return all.resources("AWS::IAM::Role")
                .filter(role -> role.at("/Description")
                        .asText()
                        .equals("Lull " + process + " of " + all.installation().name()))
                .findFirst()
                .orElseThrow();
    }

    /// A part of a template as AWS counts it: what is known only later is the id of a cluster, or an ARN.
    private static JsonNode known(JsonNode node) {
        if (node.has("Fn::Join") || node.has("Fn::GetAtt") || node.has("Ref")) {
            return JSON.getNodeFactory()
                    .textNode(text(node)
                            .replaceAll("(:kafka:.*/)\\$\\{[^}]*}", "$1" + "0".repeat(38))
                            .replaceAll("\\$\\{[^}]*}", "0".repeat(100)));
        }
        if (node.isArray()) {
            ArrayNode all = JSON.createArrayNode();
            node.forEach(one -> all.add(known(one)));
            return all;
        }
        if (node.isObject()) {
            ObjectNode all = JSON.createObjectNode();
            node.properties().forEach(one -> all.set(one.getKey(), known(one.getValue())));
            return all;
        }
        return node;
    }

    /// Statements as texts, in which the order of actions and resources does not count.
    private static List<String> allowed(JsonNode statements, String clusterId) {
        return StreamSupport.stream(statements.spliterator(), false)
                .map(statement -> statement.path("Sid").asText() + " "
                        + new TreeSet<>(texts(statement.path("Action"))) + " "
                        + texts(statement.path("Resource")).stream()
                                .map(resource -> resource.replaceFirst("(:kafka:.*/)\\$\\{[^}]*}", "$1" + clusterId))
                                .collect(Collectors.toCollection(TreeSet::new))
                        + " "
                        + Stream.of(statement.path("Condition"))
                                .filter(condition -> !condition.isMissingNode())
                                .map(JsonNode::toString)
                                .toList())
                .toList();
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Lull.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        return out.toString();
    }
}

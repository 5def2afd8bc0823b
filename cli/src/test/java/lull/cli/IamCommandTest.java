package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.aws.AwsAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IamCommandTest {

    private static final String ACCOUNT = "123456789012";
    private static final String CLUSTER =
            "arn:aws:kafka:eu-central-1:123456789012:cluster/lull/11111111-2222-4333-8444-555555555555-1";
    private static final String BRIDGE = """
            connect.region=eu-central-1
            connect.instance.id=11111111-2222-4333-8444-555555555555
            connect.contact.flow.id=66666666-7777-4888-8999-000000000000
            connect.streaming.topic.arn=arn:aws:sns:eu-central-1:123456789012:chats
            connect.queue.url=https://sqs.eu-central-1.amazonaws.com/210987654321/chats
            """;

    /// Everything that a bridge can do in AWS.
    private static final String WHOLE_BRIDGE = BRIDGE + """
            connect.numbers=100000000000002,100000000000004
            connect.instance.id.100000000000004=33333333-2222-4333-8444-555555555555
            connect.credentials.100000000000004=role:arn:aws:iam::444455556666:role/lull
            connect.region.100000000000002=us-east-1
            connect.timers.100000000000002=customer.idle=30m
            connect.instance.id.100000000000002=22222222-2222-4333-8444-555555555555
            store.s3.bucket=files
            store.s3.prefix=chats/
            media.kept=s3://kept-files/kept
            media.kept.region=eu-central-1
            whatsapp.eum.region=us-east-1
            whatsapp.eum.numbers=100000000000003=phone-number-id-0123456789abcdef0123456789abcdef
            whatsapp.eum.bucket=media
            whatsapp.eum.bucket.prefix=w/
            transcribe=true
            """;

    @TempDir
    private Path directory;

    private record Printed(int exitCode, String out, String errors) {
        JsonNode statement(String id) throws UnreadableJson {
            return StreamSupport.stream(Json.tree(out).path("Statement").spliterator(), false)
                    .filter(statement -> statement.path("Sid").asText().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(id + " is not in " + out));
        }

        Set<String> all(String member) throws UnreadableJson {
            Set<String> texts = new TreeSet<>();
            Json.tree(out).path("Statement").forEach(statement -> texts.addAll(texts(statement.path(member))));
            return texts;
        }
    }

    @Test
    void aBridgeWithTimersMaySetThem() throws Exception {
        String with = BRIDGE + "connect.numbers=100000000000001\nconnect.timers.100000000000001=agent.idle=5m\n";
        Printed printed = iam(with, "--process", "bridge");

        assertThat(texts(printed.statement("SetTimers").path("Action")))
                .containsExactly("connect:UpdateParticipantRoleConfig");
        assertThat(texts(printed.statement("SetTimers").path("Resource")))
                .singleElement()
                .asString()
                .endsWith("/contact/*");
    }

    @Test
    void aBridgeNeedsChatsAndTheirEvents() throws Exception {
        Printed printed = iam(BRIDGE, "--process", "bridge");

        assertThat(printed.all("Action"))
                .containsExactly(
                        "connect:DescribeContact",
                        "connect:StartChatContact",
                        "connect:StartContactStreaming",
                        "connect:UpdateContactAttributes",
                        "sqs:DeleteMessage",
                        "sqs:GetQueueAttributes",
                        "sqs:ReceiveMessage");
        String instance = "arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-4333-8444-555555555555";
        assertThat(texts(printed.statement("StartChats").path("Resource")))
                .containsExactly(
                        instance,
                        instance + "/contact-flow/66666666-7777-4888-8999-000000000000",
                        instance + "/contact/*");
        // The queue of another account.
        assertThat(texts(printed.statement("ReadChatEvents").path("Resource")))
                .containsExactly("arn:aws:sqs:eu-central-1:210987654321:chats");
    }

    @Test
    void anArchiveMayOpenAndDeleteKeptFiles() throws Exception {
        Printed printed = iam(WHOLE_BRIDGE, "--process", "archive");

        assertThat(printed.all("Action")).containsExactly("s3:DeleteObject", "s3:GetObject", "s3:ListBucket");
        assertThat(printed.all("Resource"))
                .containsExactly("arn:aws:s3:::kept-files", "arn:aws:s3:::kept-files/kept/*");
    }

    /// What replies and their files call of AWS End User Messaging.
    private static final Set<AwsAction> OF_MESSAGES =
            Set.of(AwsAction.SEND_WHATSAPP_MESSAGE, AwsAction.GET_WHATSAPP_MEDIA, AwsAction.POST_WHATSAPP_MEDIA);

    @Test
    void eachSettingAddsWhatItNeedsAndNothingIsForEverything() throws Exception {
        Printed printed = iam(WHOLE_BRIDGE, "--process", "bridge");

        Set<AwsAction> ofOthers = Set.of(
                AwsAction.DESCRIBE_INSTANCE,
                AwsAction.DESCRIBE_CONTACT_FLOW,
                AwsAction.GET_FUNCTION_CONFIGURATION,
                AwsAction.GET_SUBSCRIPTION,
                AwsAction.INVOKE_FUNCTION,
                AwsAction.LIST_SUBSCRIPTIONS,
                AwsAction.SEND_MESSAGE);
        Set<String> expected = new TreeSet<>();
        for (AwsAction action : AwsAction.values()) {
            boolean isOfBusiness = action.word().startsWith("social-messaging:") && !OF_MESSAGES.contains(action);
            if (!ofOthers.contains(action) && !isOfBusiness) {
                expected.add(action.word());
            }
        }
        assertThat(printed.all("Action")).isEqualTo(expected);
        assertThat(printed.all("Resource"))
                .contains(
                        "arn:aws:connect:us-east-1:123456789012:instance/22222222-2222-4333-8444-555555555555/contact/*",
                        "arn:aws:s3:::files/chats/*",
                        "arn:aws:s3:::kept-files/kept/*",
                        "arn:aws:s3:::media/w/*",
                        "arn:aws:s3:::media",
                        "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/0123456789abcdef0123456789abcdef");
        assertThat(texts(printed.statement("TranscribeVoiceNotes").path("Resource")))
                .containsExactly("*");
        assertThat(texts(printed.statement("AssumeRoles").path("Resource")))
                .containsExactly("arn:aws:iam::444455556666:role/lull");
        assertThat(printed.all("Resource"))
                .as("the role has the rights for its instance")
                .noneMatch(resource -> resource.contains("33333333-"));
        assertThat(StreamSupport.stream(
                                Json.tree(printed.out()).path("Statement").spliterator(), false)
                        .filter(statement -> texts(statement.path("Resource")).contains("*")))
                .hasSize(1);
        assertThat(printed.statement("FindObjects")
                        .at("/Condition/StringLike/s3:prefix/0")
                        .asText())
                .isEqualTo("w/*");
    }

    @Test
    void anIngressReadsItsQueueOnly() throws Exception {
        Printed printed = iam(
                "eum.queue.url=https://sqs.us-east-1.amazonaws.com/123456789012/webhooks\n", "--process", "ingress");

        assertThat(printed.all("Resource")).containsExactly("arn:aws:sqs:us-east-1:123456789012:webhooks");
    }

    @Test
    void anIngressThatUploadsFilesNeedsTheNumbersAndTheirBucketAndNoReading() throws Exception {
        String numbers = """
                connect.numbers=100000000000004
                whatsapp.eum.numbers=100000000000003=phone-number-id-0123456789abcdef0123456789abcdef
                whatsapp.eum.bucket=media
                whatsapp.eum.bucket.prefix=w/
                """;
        Printed printed = iam(numbers + "replies.files=true\n", "--process", "ingress");

        assertThat(printed.all("Action"))
                .containsExactly(
                        "s3:DeleteObject", "s3:GetObject", "s3:PutObject", "social-messaging:PostWhatsAppMessageMedia");
        assertThat(printed.all("Resource"))
                .containsExactly(
                        "arn:aws:s3:::media/w/*",
                        "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/0123456789abcdef0123456789abcdef");
    }

    @Test
    void anIngressWithActionsNeedsWhatTheyCallForItsNumbersAndAccounts() throws Exception {
        String numbers = "whatsapp.eum.numbers=100000000000003=phone-number-id-0123456789abcdef0123456789abcdef\n";
        Printed printed =
                iam(numbers + "actions.tokens=console:change:a-long-enough-token-1\n", "--process", "ingress");

        Set<String> expected = Arrays.stream(AwsAction.values())
                .filter(action -> action != AwsAction.POST_WHATSAPP_MEDIA)
                .map(AwsAction::word)
                .filter(action -> action.startsWith("social-messaging:"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(printed.all("Action")).isEqualTo(expected);
        assertThat(printed.all("Resource"))
                .containsExactlyInAnyOrder(
                        "*",
                        "arn:aws:social-messaging:us-east-1:123456789012:waba/*",
                        "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/0123456789abcdef0123456789abcdef");
    }

    @Test
    void theDoctorChangesNothing() throws Exception {
        assertThat(iam(BRIDGE, "--process", "doctor").all("Action"))
                .containsExactly(
                        "connect:DescribeContact",
                        "connect:DescribeContactFlow",
                        "connect:DescribeInstance",
                        "sns:GetSubscriptionAttributes",
                        "sns:ListSubscriptionsByTopic",
                        "sqs:GetQueueAttributes");
    }

    @Test
    void applicationsAreGivenTurnsAndTheDoctorOnlyAsksForThem() throws Exception {
        String destinations = """
                destinations=bot,crm,site
                destination.bot.kind=lambda
                destination.bot.function=bot:live
                destination.bot.region=eu-central-1
                destination.crm.kind=sqs
                destination.crm.queue=https://sqs.us-east-1.amazonaws.com/123456789012/turns
                destination.site.kind=http
                destination.site.url=https://bot.example.com/turns
                """;
        Printed process = iam(destinations, "--process", "applications");
        Printed doctor = iam(BRIDGE + destinations, "--process", "doctor");

        assertThat(process.all("Action")).containsExactly("lambda:InvokeFunction", "sqs:SendMessage");
        assertThat(process.all("Resource"))
                .containsExactly(
                        "arn:aws:lambda:eu-central-1:123456789012:function:bot:live",
                        "arn:aws:sqs:us-east-1:123456789012:turns");
        assertThat(texts(doctor.statement("CheckApplications").path("Action")))
                .containsExactly("lambda:GetFunctionConfiguration");
        assertThat(doctor.all("Resource")).containsAll(process.all("Resource"));
        assertThat(doctor.all("Action")).doesNotContain("lambda:InvokeFunction", "sqs:SendMessage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "aggregator", "bridge", "applications", "topics", "doctor", "repartition"})
    void aClusterAddsWhatTheProcessMayDoOnKafka(String process) throws Exception {
        Printed printed = iam(BRIDGE, "--process", process, "--cluster", CLUSTER);

        assertThat(texts(printed.statement("Kafka").path("Action")))
                .contains("kafka-cluster:Connect", "kafka-cluster:DescribeCluster");
        assertThat(printed.all("Action"))
                .filteredOn(action -> action.startsWith("kafka-cluster:"))
                .doesNotContain("kafka-cluster:DeleteTopic", "kafka-cluster:*");
        assertThat(printed.all("Action").contains("kafka-cluster:AlterTopic")).isEqualTo(process.equals("repartition"));
        assertThat(printed.all("Resource"))
                .contains("arn:aws:kafka:eu-central-1:123456789012:topic/lull/*/lull.topic.layout")
                .noneMatch(resource -> resource.contains("kafka") && resource.endsWith("/*"));
        // What a managed policy may have.
        assertThat(printed.out().replaceAll("\\s", "").length()).isLessThan(6_144);
    }

    @Test
    void anAggregatorWritesInTransactionsOfItsOwn() throws Exception {
        Printed printed = iam("", "--process", "aggregator", "--cluster", CLUSTER);

        assertThat(printed.all("Resource"))
                .contains(
                        "arn:aws:kafka:eu-central-1:123456789012:transactional-id/lull/*/lull-turns-whatsapp.message.received-*");
        assertThat(printed.all("Action"))
                .contains("kafka-cluster:AlterTransactionalId", "kafka-cluster:WriteDataIdempotently")
                .doesNotContain("kafka-cluster:CreateTopic");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --process=ingres --account=123456789012|--process 'ingres' must be one of ingress, aggregator, bridge
                    --process=ingress --account=123456789012|The process 'ingress' calls nothing of AWS with these settings
                    --process=topics --account=123456789012|give the cluster's ARN with --cluster
                    --process=bridge --account=1234|--account '1234' must have twelve digits
                    --process=bridge --account=123456789012 --partition=gov|--partition 'gov' must be one of aws, aws-cn
                    --process=bridge --account=123456789012 --cluster=lull|--cluster 'lull' must be the ARN of a cluster
                    """)
    void saysWhatIsWrongWithTheCall(String options, String problem) {
        Printed printed = printed(BRIDGE, options.replace("%s", CLUSTER).split(" ", -1));

        assertThat(printed.exitCode()).isEqualTo(2);
        assertThat(printed.errors()).contains(problem);
    }

    private Printed iam(String settings, String... options) {
        List<String> all = new ArrayList<>(List.of("--account", ACCOUNT));
        all.addAll(List.of(options));
        Printed printed = printed(settings, all.toArray(String[]::new));
        assertThat(printed.exitCode()).as(printed.errors()).isZero();
        return printed;
    }

    private Printed printed(String settings, String... options) {
        try {
            Path file = Files.writeString(directory.resolve("lull.properties"), settings);
            List<String> arguments = new ArrayList<>(List.of("iam", "--config", file.toString()));
            arguments.addAll(List.of(options));
            StringWriter out = new StringWriter();
            StringWriter errors = new StringWriter();
            int exitCode = Lull.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(errors, true))
                    .execute(arguments.toArray(String[]::new));
            return new Printed(exitCode, out.toString(), errors.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

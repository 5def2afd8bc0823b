package lull.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lull.aggregator.AggregatorSettings;
import lull.applications.ApplicationSettings;
import lull.archive.ArchiveSettings;
import lull.bridge.BridgeSettings;
import lull.contract.json.Json;
import lull.contract.topic.KafkaAccess;
import lull.ingress.IngressRights;
import lull.runtime.aws.AwsAccount;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull iam`: the IAM policy with exactly the rights that a process needs.
@Command(
        name = "iam",
        description = "Prints the IAM policy that a process needs with your settings, as JSON.",
        mixinStandardHelpOptions = true)
final class IamCommand implements Callable<Integer> {

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern CLUSTER =
            Pattern.compile("arn:aws[a-z-]*:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9-]+/[A-Za-z0-9-]+");

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--process",
            required = true,
            paramLabel = "PROCESS",
            description = "ingress, aggregator, bridge, applications, archive, topics, doctor or repartition.")
    private String process = "";

    @Option(names = "--account", required = true, paramLabel = "ID", description = "The AWS account, twelve digits.")
    private String account = "";

    @Option(
            names = "--partition",
            paramLabel = "NAME",
            defaultValue = "aws",
            description = "The AWS partition: aws, aws-cn or aws-us-gov. Default: ${DEFAULT-VALUE}")
    private String partition = "";

    @Option(
            names = "--cluster",
            paramLabel = "ARN",
            description = "ARN of an Amazon MSK cluster with IAM authentication. Without it, the policy contains"
                    + " nothing of Kafka.")
    private @Nullable String cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!ACCOUNT.matcher(account).matches()) {
            throw wrong("--account '" + account + "' must have twelve digits");
        }
        if (!List.of("aws", "aws-cn", "aws-us-gov").contains(partition)) {
            throw wrong("--partition '" + partition + "' must be one of aws, aws-cn, aws-us-gov");
        }
        String arn = cluster;
        if (arn != null && !CLUSTER.matcher(arn).matches()) {
            throw wrong("--cluster '" + arn + "' must be the ARN of a cluster, such as"
                    + " arn:aws:kafka:eu-central-1:123456789012:cluster/lull/11111111-2222-4333-8444-555555555555-1");
        }
        List<PolicyStatement> statements = new ArrayList<>(inAws(new AwsAccount(partition, account)));
        if (arn != null) {
            statements.addAll(ProcessRights.onKafka(process(), aggregator(), arn));
        }
        if (statements.isEmpty()) {
            throw wrong(
                    "The process '" + process + "' calls nothing of AWS with these settings. With IAM authentication"
                            + " of Amazon MSK, give the cluster's ARN with --cluster");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(policy(statements).toPrettyString());
        out.flush();
        return 0;
    }

    private List<PolicyStatement> inAws(AwsAccount of) {
        KafkaAccess one = process();
        Settings settings = switch (one) {
            case INGRESS -> configuration.load(several -> IngressRights.settings(several.chatNumbers()));
            case BRIDGE ->
                configuration.load(
                        several -> BridgeSettings.all(several.chatNumbers(), several.apps(), several.channels()));
            case APPLICATIONS ->
                configuration.load(several ->
                        ApplicationSettings.all(several.destinations(), several.chatNumbers(), several.channels()));
            case ARCHIVE -> configuration.load(_ -> ArchiveSettings.all());
            case DOCTOR -> configuration.load(Configuration::known);
            case AGGREGATOR, TOPICS, REPARTITION, DEAD_LETTERS, ERASE -> aggregator();
        };
        return ProcessRights.inAws(one, settings, of);
    }

    private KafkaAccess process() {
        return ProcessRights.process(process)
                .orElseThrow(() -> wrong("--process '" + process + "' must be one of " + ProcessRights.processes()));
    }

    private Settings aggregator() {
        return configuration.load(
                several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
    }

    private static ObjectNode policy(List<PolicyStatement> statements) {
        ObjectNode policy = Json.object().put("Version", "2012-10-17");
        ArrayNode all = policy.putArray("Statement");
        for (PolicyStatement statement : statements) {
            ObjectNode one = all.addObject().put("Sid", statement.id()).put("Effect", "Allow");
            statement.actions().forEach(one.putArray("Action")::add);
            statement.resources().forEach(one.putArray("Resource")::add);
            if (!statement.condition().isEmpty()) {
                ObjectNode like = one.putObject("Condition").putObject("StringLike");
                statement.condition().forEach((key, texts) -> texts.forEach(like.putArray(key)::add));
            }
        }
        return policy;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

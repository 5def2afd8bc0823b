package lull.connect;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.connect.ConnectClient;
import software.amazon.awssdk.services.connect.model.ContactFlow;

/// Check of an Amazon Connect instance and its contact flows, by calls that change nothing.
public final class AwsConnectCheck implements AutoCloseable {

    private static final String CONNECT = "Amazon Connect";
    private static final int FORBIDDEN = 403;

    private final ConnectOptions options;
    private final AwsClients aws;
    private final Function<String, ConnectClient> clientOf;

    public AwsConnectCheck(ConnectOptions options) {
        this.options = options;
        this.aws = options.clients();
        ConnectClient usual = aws.create(ConnectClient.builder(), options.region(), options.endpoint());
        Map<String, ConnectClient> byInstance = new HashMap<>();
        options.identities()
                .forEach((instance, identity) -> byInstance.put(
                        instance, aws.create(ConnectClient.builder(), options.region(), options.endpoint(), identity)));
        this.clientOf = instance -> byInstance.getOrDefault(instance, usual);
    }

    /// Checks whether the instance exists and is active.
    public CheckResult instance(String instanceId) {
        String about = "The instance " + instanceId;
        return found(about, "connect.instance.id and connect.region", "connect:DescribeInstance", () -> {
            String status = clientOf.apply(instanceId)
                    .describeInstance(request -> request.instanceId(instanceId))
                    .instance()
                    .instanceStatusAsString();
            return "ACTIVE".equals(status)
                    ? CheckResult.well(CONNECT, about + " is active")
                    : CheckResult.wrong(CONNECT, about + " is in state " + status + ", but must be ACTIVE");
        });
    }

    /// Checks whether an instance has the flow, and whether new chats may run it.
    public CheckResult flow(String instanceId, String flowId) {
        String about = "The contact flow " + flowId;
        return found(about, "connect.contact.flow.id", "connect:DescribeContactFlow", () -> {
            ContactFlow flow = clientOf.apply(instanceId)
                    .describeContactFlow(
                            request -> request.instanceId(instanceId).contactFlowId(flowId))
                    .contactFlow();
            if ("ARCHIVED".equals(flow.stateAsString())) {
                return CheckResult.wrong(CONNECT, about + " is archived: restore it, or configure another one");
            }
            return "CONTACT_FLOW".equals(flow.typeAsString())
                    ? CheckResult.well(CONNECT, about + " is '" + flow.name() + "'")
                    : CheckResult.wrong(
                            CONNECT,
                            about + " is of type " + flow.typeAsString() + ", but new chats need a flow of type"
                                    + " CONTACT_FLOW");
        });
    }

    @Override
    public void close() {
        aws.close();
    }

    private CheckResult found(String about, String settings, String permission, Supplier<CheckResult> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            String reason = about + " in " + options.region() + ": " + AwsReasons.of(CONNECT, e);
            return e.statusCode() == FORBIDDEN
                    ? CheckResult.unknown(
                            CONNECT,
                            reason + ". It may still be correct: allow " + permission + ", so that it can be checked")
                    : CheckResult.wrong(CONNECT, reason + ". Check " + settings);
        } catch (SdkException e) {
            return CheckResult.wrong(CONNECT, about + " cannot be checked: " + AwsReasons.of(CONNECT, e));
        }
    }
}

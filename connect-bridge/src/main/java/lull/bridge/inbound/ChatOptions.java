package lull.bridge.inbound;

import java.time.Duration;
import java.util.Map;

/// Options for the chats of a business number.
///
/// @param instanceId the Connect instance in which they are opened
/// @param contactFlowId the flow that they run
/// @param streamingTopicArn the SNS topic that receives their events
/// @param duration after which Connect ends them
/// @param displayName the customer's name as the agent sees it, with `{name}`, `{phone}` and `{number}`
/// @param attributes for the flow, in addition to those that every chat has
public record ChatOptions(
        String instanceId,
        String contactFlowId,
        String streamingTopicArn,
        Duration duration,
        String displayName,
        Map<String, String> attributes) {

    public ChatOptions {
        attributes = Map.copyOf(attributes);
    }
}

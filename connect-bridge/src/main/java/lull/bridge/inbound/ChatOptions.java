package lull.bridge.inbound;

import java.time.Duration;
import java.util.Map;

/// Options for the chats of a business number.
///
/// @param instanceId the instance of Connect that they are opened in
/// @param contactFlowId the flow that they run
/// @param streamingTopicArn the SNS topic that gets what happens in them
/// @param duration after which Connect ends them
/// @param displayName what the agent sees a customer as, with `{name}`, `{phone}` and `{number}`
/// @param attributes for the flow, beside those that every chat has
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

package lull.bridge.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.connect.ParticipantTimer;

/// Options for the chats of a business number.
///
/// @param instanceId the Connect instance in which they are opened
/// @param contactFlowId the flow that they run
/// @param streamingTopicArn the SNS topic that receives their events
/// @param duration after which Connect ends them
/// @param displayName the customer's name as the agent sees it, with `{name}`, `{phone}` and `{number}`
/// @param attributes for the flow, in addition to those that every chat has
/// @param attributeNames other names of the attributes that every chat has, by Lull's name
/// @param timers that are set for each new chat
/// @param waitingText for customers while the quota of open chats is used up; empty for none
public record ChatOptions(
        String instanceId,
        String contactFlowId,
        String streamingTopicArn,
        Duration duration,
        String displayName,
        Map<String, String> attributes,
        Map<String, String> attributeNames,
        List<ParticipantTimer> timers,
        String waitingText) {

    public ChatOptions {
        attributes = Map.copyOf(attributes);
        attributeNames = Map.copyOf(attributeNames);
        timers = List.copyOf(timers);
    }

    /// Returns the name under which the flow gets an attribute of Lull's.
    String attribute(String own) {
        return attributeNames.getOrDefault(own, own);
    }
}

package lull.connect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// [ConnectPort] of several AWS Regions. A chat is opened in the Region of its instance; its tokens are
/// [RegionalToken]s, so that calls with them go to the Region that issued them, even if the settings of
/// its business number have changed.
final class RegionalConnect implements ConnectPort {

    private final String usual;
    private final Map<String, ConnectPort> byRegion;
    private final Function<String, String> regionOf;

    /// @param usual the Region whose tokens do not name it
    /// @param byRegion must contain every Region of `regionOf`
    /// @param regionOf the Region of an instance
    public RegionalConnect(
            String usual, Map<String, ? extends ConnectPort> byRegion, Function<String, String> regionOf) {
        this.usual = usual;
        this.byRegion = Map.copyOf(byRegion);
        this.regionOf = regionOf;
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        String region = regionOf.apply(request.instanceId());
        return switch (in(region).startChat(request)) {
            case Answer.Ok<StartedChat>(StartedChat chat) ->
                new Answer.Ok<>(new StartedChat(
                        chat.contactId(), new RegionalToken(region, chat.participantToken()).text(usual)));
            case Answer.Failed<StartedChat> failed -> failed;
        };
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return in(regionOf.apply(instanceId)).startStreaming(instanceId, initialContactId, topicArn, clientToken);
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return in(regionOf.apply(instanceId)).describe(instanceId, contactId);
    }

    @Override
    public Answer<String> setTimers(String instanceId, String contactId, List<ParticipantTimer> timers) {
        return in(regionOf.apply(instanceId)).setTimers(instanceId, contactId, timers);
    }

    @Override
    public Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes) {
        return in(regionOf.apply(instanceId)).updateAttributes(instanceId, initialContactId, attributes);
    }

    private ConnectPort in(String region) {
        return Objects.requireNonNull(byRegion.get(region), region);
    }
}

package lull.aggregator;

import java.util.ArrayList;
import java.util.List;
import lull.aggregator.operator.OperatorSettings;
import lull.aggregator.route.RouteSettings;
import lull.aggregator.stream.StreamSettings;
import lull.aggregator.turn.TurnSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;

/// Settings of the aggregator: those of turns, routes, Kafka Streams and the operators' port.
public final class AggregatorSettings {

    private AggregatorSettings() {}

    /// All settings, for an installation with these input topics, with these numbers that have settings of
    /// their own, and with these destinations.
    public static List<Setting<?>> all(
            List<String> inputTopics, List<String> businessNumbers, List<String> destinations) {
        List<Setting<?>> ofTopics = new ArrayList<>();
        ofTopics.add(StreamSettings.OUTPUT);
        ofTopics.addAll(TurnSettings.OF_TOPICS);
        ofTopics.add(RouteSettings.ROUTES);
        List<Setting<?>> all = new ArrayList<>(TurnSettings.OF_NUMBERS);
        all.addAll(ofTopics);
        for (String topic : inputTopics) {
            TurnSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forTopic(topic)));
            ofTopics.forEach(setting -> all.add(setting.forTopic(topic)));
        }
        all.add(TurnSettings.NUMBERS);
        for (String number : businessNumbers) {
            TurnSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
        }
        all.add(DestinationSettings.DESTINATIONS);
        destinations.forEach(destination -> all.addAll(RouteSettings.ofDestination(destination)));
        all.addAll(StreamSettings.OF_PROCESS);
        all.addAll(OperatorSettings.ALL);
        return List.copyOf(all);
    }
}

package lull.aggregator.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of routes, and of destinations that are topics. Each input topic may have routes of its own, as in
/// `routes.<topic>`.
public final class RouteSettings {

    public static final Setting<List<Route>> ROUTES = Setting.of(
            "routes",
            "",
            "Rules that decide to which destination turns go, in the order in which they are tried: a name, then app, number and share"
                    + " as far as they limit the rule, and its destination, as in `pilot: number=106540352242922,"
                    + " share=10, to=bot; rest: to=connect`. The first rule that matches and whose share (percent of"
                    + " the conversations) has the conversation decides; without one a turn goes to Amazon Connect. At most "
                    + RouteSetting.MAX_ROUTES + " rules. `bin/lull route` overrides them while the aggregator runs",
            RouteText::read);

    private RouteSettings() {}

    /// The topic of a destination of this kind.
    public static Setting<Optional<String>> topic(String destination) {
        return Formats.KAFKA_TOPIC.ofOptional(Setting.optional(
                DestinationSettings.named(destination, "topic"),
                "Topic that the turns of a destination of the kind `topic` are written to, in the same transaction as all"
                        + " else, so exactly once"));
    }

    /// The settings of a destination, as far as the aggregator reads them.
    public static List<Setting<?>> ofDestination(String destination) {
        return List.of(
                DestinationSettings.kind(destination), topic(destination), DestinationSettings.early(destination));
    }

    /// Returns the topics of all destinations by their names. Throws [CannotStart] if one has another
    /// purpose.
    public static SortedMap<String, String> destinations(Settings settings) {
        Set<String> taken = Stream.concat(
                        Topics.all(settings.get(TopicSettings.INPUTS)).stream(),
                        Stream.of(Topics.APPLICATION_TURN_EXPECTED))
                .map(Topic::name)
                .collect(Collectors.toSet());
        SortedMap<String, String> destinations = new TreeMap<>();
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            destinations.put(name, topic(settings, name, taken));
        }
        return destinations;
    }

    private static String topic(Settings settings, String name, Set<String> taken) {
        DestinationSettings.Kind kind = settings.get(DestinationSettings.kind(name));
        Optional<String> given = settings.get(topic(name));
        if (kind != DestinationSettings.Kind.TOPIC) {
            if (given.isPresent()) {
                throw new CannotStart(topic(name).name() + " does not go with "
                        + DestinationSettings.kind(name).name() + "=" + kind.word() + ": remove one of the two");
            }
            return Topics.APPLICATION_TURN_CLOSED.name();
        }
        String topic =
                given.orElseThrow(() -> new CannotStart(topic(name).name() + " is missing: name the topic that the"
                        + " turns of the destination are written to, or choose another "
                        + DestinationSettings.kind(name).name()));
        if (taken.contains(topic)) {
            throw new CannotStart(topic(name).name() + " is " + topic
                    + ", which is a topic of Lull with another purpose: give the destination a topic of its own, or"
                    + " let routes lead to " + Route.CONNECT);
        }
        return topic;
    }

    /// Returns the destinations that are told of turns before they end, with the highest probability of another
    /// message at which they are. Throws [CannotStart] if one is no assistant.
    public static Map<String, Double> early(Settings settings) {
        Map<String, Double> early = new TreeMap<>();
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            double probability = settings.get(DestinationSettings.early(name)).doubleValue();
            DestinationSettings.Kind kind = settings.get(DestinationSettings.kind(name));
            if (probability > 0 && kind != DestinationSettings.Kind.ASSISTANT) {
                throw new CannotStart(DestinationSettings.early(name).name() + " does not go with "
                        + DestinationSettings.kind(name).name() + "=" + kind.word()
                        + ": only an assistant begins early");
            }
            if (probability > 0) {
                early.put(name, probability);
            }
        }
        return early;
    }

    /// The routes of an input topic. Throws [CannotStart] if one leads to no destination.
    public static RoutingPolicy routing(Settings settings, String topic) {
        List<Route> routes = settings.get(ROUTES.forTopic(topic)).orElseGet(() -> settings.get(ROUTES));
        try {
            return new RoutingPolicy(routes, destinations(settings).keySet(), early(settings));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    ROUTES.name() + " of " + topic + ": " + e.getMessage()
                            + ". Add the destination there, or correct the route",
                    e);
        }
    }
}

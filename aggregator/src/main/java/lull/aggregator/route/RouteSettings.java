package lull.aggregator.route;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of destinations, and of the routes that lead to them. Each destination has settings of its own,
/// such as `destination.<name>.topic`, and each input topic may have routes of its own, as in
/// `routes.<topic>`.
public final class RouteSettings {

    private static final String TOPIC_KIND = "topic";

    /// What precedes the name of a destination in the names of its settings.
    private static final String PREFIX = "destination.";

    public static final Setting<List<String>> DESTINATIONS = Formats.APP
            .ofEach(Setting.list(
                    "destinations",
                    "",
                    "Destinations of turns besides Amazon Connect, separated by commas, to which routes may lead; names"
                            + " are lower-case letters, digits and hyphens. Each has settings of its own, such as"
                            + " `destination.NAME.topic`"))
            .checked(
                    names -> !names.contains(Route.CONNECT),
                    "must not name " + Route.CONNECT + ", which is Amazon Connect and always there");

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

    /// The kind of a destination.
    public static Setting<String> kind(String destination) {
        return Setting.text(
                        PREFIX + destination + ".kind",
                        TOPIC_KIND,
                        "Kind of the destination: `topic`, a Kafka topic to which the aggregator writes the turns")
                .checked(TOPIC_KIND::equals, "must be topic, the only kind that this version of Lull knows");
    }

    /// The topic of a destination.
    public static Setting<String> topic(String destination) {
        return Formats.KAFKA_TOPIC.of(Setting.required(
                PREFIX + destination + ".topic",
                "Topic that the turns of the destination are written to, in the same transaction as all else, so exactly"
                        + " once"));
    }

    /// The settings of a destination.
    public static List<Setting<?>> ofDestination(String destination) {
        return List.of(kind(destination), topic(destination));
    }

    /// Returns the topics of all destinations by their names. Throws [CannotStart] if one has another
    /// purpose.
    public static SortedMap<String, String> destinations(Settings settings) {
        Set<String> taken = Topics.all(settings.get(TopicSettings.INPUTS)).stream()
                .map(Topic::name)
                .collect(Collectors.toSet());
        SortedMap<String, String> destinations = new TreeMap<>();
        for (String name : settings.get(DESTINATIONS)) {
            String topic = settings.get(topic(name));
            if (taken.contains(topic)) {
                throw new CannotStart(topic(name).name() + " is " + topic
                        + ", which is a topic of Lull with another purpose: give the destination a topic of its own, or"
                        + " let routes lead to " + Route.CONNECT);
            }
            destinations.put(name, topic);
        }
        return destinations;
    }

    /// The routes of an input topic. Throws [CannotStart] if one leads to no destination.
    public static RoutingPolicy routing(Settings settings, String topic) {
        List<Route> routes = settings.get(ROUTES.forTopic(topic)).orElseGet(() -> settings.get(ROUTES));
        try {
            return new RoutingPolicy(routes, destinations(settings).keySet());
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    ROUTES.name() + " of " + topic + ": " + e.getMessage()
                            + ". Add the destination there, or correct the route",
                    e);
        }
    }
}

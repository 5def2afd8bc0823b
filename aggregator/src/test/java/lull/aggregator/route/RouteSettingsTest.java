package lull.aggregator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.message.Route;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteSettingsTest {

    private static final String INPUT = "whatsapp.message.received";
    private static final String SALES = "sales.received";

    @Test
    void readsRulesInTheirOrder() {
        List<Route> routes = RouteText.read("""
                staff: number=100000000000001, app = shop, to=crm;
                pilot: share=12.5%, to=bot;
                rest : to=connect ;
                """);

        assertThat(routes)
                .containsExactly(
                        new Route("staff", "shop", "100000000000001", 100, "crm"),
                        new Route("pilot", null, null, 12.5, "bot"),
                        new Route("rest", null, null, 100, "connect"));
        assertThat(RouteText.of(routes))
                .isEqualTo("staff: app=shop, number=100000000000001, to=crm; pilot: share=12.5, to=bot; rest:"
                        + " to=connect");
        assertThat(RouteText.read(RouteText.of(routes))).isEqualTo(routes);
        assertThat(RouteText.read(" ")).isEmpty();
        assertThat(RouteText.of(List.of())).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pilot                              | must be routes such as pilot: number=106540352242922, share=10, to=bot
            pilot: bot                         | must be routes such as pilot:
            : to=bot                           | must be routes such as pilot:
            pilot: share=10                    | must give the route pilot a destination, such as to=bot or to=connect
            pilot: to=bot, to=crm              | must give each member of the route pilot one value
            pilot: share=, to=bot              | must give each member of the route pilot one value
            pilot: percent=10, to=bot          | must have app, number, share and to only, and the route pilot has percent
            pilot: share=101, to=bot           | A share is a number of percent from 0 to 100 with up to two decimals, such as 10 or 0.25, not 101
            pilot: share=0.125, to=bot         | A share is a number of percent
            pilot: share=-1, to=bot            | A share is a number of percent
            pilot: share=NaN, to=bot           | A share is a number of percent
            pilot: share=1e999999999, to=bot   | A share is a number of percent
            Pilot: to=bot                      | The name of a route has up to 64 lower-case letters, digits and hyphens
            pilot: to=Bot                      | A destination has up to 64
            pilot: app=My App, to=bot          | An app has up to 64
            A: to=bot; b: share=101, to=bot    | The name of a route has up to 64 lower-case letters, digits and hyphens
            A: to=bot; b: share=101, to=bot    | not 101
            a: to=bot; a: to=connect           | Two routes have the name a: give each its own
            """)
    void saysWhatIsWrongWithARule(String text, String words) {
        assertThatThrownBy(() -> RouteText.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void saysHowManyRulesThereMayBe() {
        StringBuilder many = new StringBuilder();
        for (int rule = 0; rule <= 100; rule++) {
            many.append("rule-").append(rule).append(": to=connect;");
        }

        assertThatThrownBy(() -> RouteText.read(many.toString())).hasMessageContaining("There are at most 100 routes");
    }

    @Test
    void aTopicMayHaveRoutesOfItsOwn() {
        Settings settings =
                settings(Map.of("routes", "pilot: share=10, to=bot", "routes." + SALES, "all: to=bot"), "bot");

        assertThat(RouteSettings.routing(settings, INPUT).configured())
                .extracting(Route::name)
                .containsExactly("pilot");
        assertThat(RouteSettings.routing(settings, SALES).configured())
                .extracting(Route::name)
                .containsExactly("all");
        assertThat(RouteSettings.destinations(settings)).containsExactly(Map.entry("bot", "bot.turn.closed"));
    }

    @Test
    void aRouteToADestinationThatIsMissingKeepsTheProcessFromStarting() {
        Settings settings = settings(Map.of("routes", "pilot: to=bto"), "bot");

        assertThatThrownBy(() -> RouteSettings.routing(settings, INPUT))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "routes of " + INPUT + ": The route pilot names the destination bto, which is not configured;"
                                + " there are bot, connect (destinations). Add the destination there, or correct the route");
    }

    @Test
    void everyRouteToADestinationThatIsMissingIsNamed() {
        Settings settings = settings(Map.of("routes", "one: to=nowhere; two: to=bot; three: to=gone"), "bot");

        assertThatThrownBy(() -> RouteSettings.routing(settings, INPUT))
                .hasMessageContaining("The route one names the destination nowhere")
                .hasMessageContaining("The route three names the destination gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {INPUT, SALES, "whatsapp.turn.closed", "connect.chat", "whatsapp.message.received.dlq"})
    void aTopicOfLullIsNoDestination(String topic) {
        Settings settings = settings(Map.of("destination.bot.topic", topic), "bot");

        assertThatThrownBy(() -> RouteSettings.destinations(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "destination.bot.topic is " + topic + ", which is a topic of Lull with another purpose: give"
                                + " the destination a topic of its own, or let routes lead to connect");
    }

    @Test
    void refusesAnUnknownKindAndTheNameOfAmazonConnect() {
        assertThatThrownBy(() -> settings(Map.of("destination.bot.kind", "fax"), "bot"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("destination.bot.kind")
                .hasMessageContaining("must be topic, http, lambda, sqs, chatwoot or assistant");
        assertThatThrownBy(() -> settings(Map.of(), "connect"))
                .hasMessageContaining("must not name connect, which is Amazon Connect and always there");
    }

    @Test
    void aTopicNeedsANameAndAnApplicationHasNone() {
        Settings nameless = Settings.of(known("bot"), Map.of("destinations", "bot"));
        Settings twofold = settings(Map.of("destination.bot.kind", "http"), "bot");

        assertThatThrownBy(() -> RouteSettings.destinations(nameless))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("destination.bot.topic is missing");
        assertThatThrownBy(() -> RouteSettings.destinations(twofold))
                .isInstanceOf(CannotStart.class)
                .hasMessage("destination.bot.topic does not go with destination.bot.kind=http: remove one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "lambda", "sqs"})
    void theTurnsOfAllApplicationsAreInOneTopic(String kind) {
        Settings settings = Settings.of(known("bot"), Map.of("destinations", "bot", "destination.bot.kind", kind));

        assertThat(RouteSettings.destinations(settings)).containsExactly(entry("bot", "application.turn.closed"));
    }

    private static Settings settings(Map<String, String> given, String destination) {
        Map<String, String> all = new HashMap<>();
        all.put("topics.inputs", INPUT + "," + SALES);
        all.put("destinations", destination);
        all.put("destination." + destination + ".topic", destination + ".turn.closed");
        all.putAll(given);
        return Settings.of(known(destination), all);
    }

    private static List<Setting<?>> known(String destination) {
        List<Setting<?>> known = new ArrayList<>(TopicSettings.ALL);
        known.add(DestinationSettings.DESTINATIONS);
        known.add(RouteSettings.ROUTES);
        known.add(RouteSettings.ROUTES.forTopic(SALES));
        known.add(RouteSettings.ROUTES.forTopic(INPUT));
        known.addAll(RouteSettings.ofDestination(destination));
        return known;
    }
}

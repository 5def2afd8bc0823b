package lull.runtime.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Destinations of turns besides Amazon Connect, to which routes may lead, and their kinds. What else a
/// destination has stands in the settings of the process that serves its kind.
public final class DestinationSettings {

    /// The name of Amazon Connect, which is always there.
    public static final String CONNECT = "connect";

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
                    names -> !names.contains(CONNECT),
                    "must not name " + CONNECT + ", which is Amazon Connect and always there");

    /// All settings, except those of single destinations.
    public static final List<Setting<?>> ALL = List.of(DESTINATIONS);

    /// How a destination gets its turns.
    public enum Kind {
        /// A Kafka topic, which the aggregator writes.
        TOPIC,
        /// A call over HTTP.
        HTTP,
        /// A function of AWS Lambda.
        LAMBDA,
        /// A queue of Amazon SQS.
        SQS,
        /// An inbox of Chatwoot.
        CHATWOOT,
        /// A language model, which answers by itself.
        ASSISTANT;

        /// The kind's word in settings.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("must be topic, http, lambda, sqs, chatwoot or assistant"));
        }
    }

    private DestinationSettings() {}

    /// The kind of a destination.
    public static Setting<Kind> kind(String destination) {
        return Setting.of(
                named(destination, "kind"),
                Kind.TOPIC.word(),
                "Kind of the destination: `topic`, a Kafka topic to which the aggregator writes the turns; or an"
                        + " application that `bin/lull applications` gives them, which is called over `http`, is a function"
                        + " of AWS `lambda`, reads an `sqs` queue, or is an inbox of `chatwoot`; or an `assistant`, a"
                        + " language model that answers",
                Kind::of);
    }

    /// The address of a destination that is called over HTTP.
    public static Setting<Optional<URI>> url(String destination) {
        return Setting.optionalUri(
                named(destination, "url"),
                "Address to which each turn is posted, for the kind `http`; the address of Chatwoot, for the kind"
                        + " `chatwoot`. For the kind `assistant` the address of the API of the language model, to which"
                        + " `/chat/completions` is added; by default OpenAI's");
    }

    /// How sure the adaptive gap must be that a turn has ended for a destination to begin early.
    public static Setting<BigDecimal> early(String destination) {
        return Formats.decimal(
                        named(destination, "early"),
                        "0",
                        "Probability, from 0 to 1, of another message of the same turn up to which an assistant begins to"
                                + " answer before the turn has ended, so that customers wait less; if another message does"
                                + " come, what it began is thrown away. Below 1 it needs `turn.gap.policy` adaptive or shadow."
                                + " 0 turns this off, 1 begins with every message")
                .checked(value -> value.compareTo(BigDecimal.ONE) <= 0, "must be from 0 to 1");
    }

    /// Returns the name of a setting of a destination.
    ///
    /// @param name such as `url`
    public static String named(String destination, String name) {
        return PREFIX + destination + "." + name;
    }
}

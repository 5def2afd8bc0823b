package lull.cli.deadletters;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.aggregator.turn.InputEvent;
import lull.aggregator.turn.InputReader;
import lull.aggregator.turn.ParsedMessage;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.InputRecord;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.topic.Topic;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnRoute;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads dead letters as the service would that reads their topic, without doing anything with them. Pure.
public final class TrialReader {

    /// The types of values, by their names in the catalogue of topics.
    private static final Map<String, Class<?>> TYPES = Stream.of(
                    Turn.class, ChatEvent.class, SentPart.class, Reply.class, MessageStatus.class, AccountEvent.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private final Set<String> rejecting;

    /// @param rejecting destinations that reject all turns
    public TrialReader(Set<String> rejecting) {
        this.rejecting = Set.copyOf(rejecting);
    }

    /// Returns why a dead letter would be one again, or must not be sent again; empty if neither is known.
    ///
    /// @param topic to which it belongs
    public Optional<String> problem(Topic topic, ConsumerRecord<byte[], byte[]> letter) {
        try {
            return topic.value().equals(InputRecord.class.getSimpleName())
                    ? problemOfInput(InputReader.read(letter.key(), letter.value()))
                    : problem(topic, letter.value());
        } catch (UnreadableJson e) {
            return Optional.of("still unreadable: " + e.getMessage());
        }
    }

    private Optional<String> problem(Topic topic, byte[] value) throws UnreadableJson {
        Class<?> type = TYPES.get(topic.value());
        if (type == null) {
            throw new IllegalArgumentException("Nobody reads the values of " + topic.name());
        }
        if (value == null) {
            return Optional.of("still unreadable: the record has no value");
        }
        TurnRoute route = Json.read(value, type) instanceof Turn turn ? turn.route() : null;
        return route == null ? Optional.empty() : problemOf(route.destination());
    }

    private Optional<String> problemOf(String destination) {
        return rejecting.contains(destination)
                ? Optional.of("the destination " + destination + " is closed: open it, or write to the customer in"
                        + " another way and discard this")
                : Optional.empty();
    }

    /// Settings are in each partition of their topic, at a place that is the same for all who read it. One partition
    /// alone must not get an old one.
    private static Optional<String> problemOfInput(InputEvent event) {
        return switch (event) {
            case ParsedMessage _, InputEvent.Answered _, InputEvent.Erased _ -> Optional.empty();
            case InputEvent.Ticked _ -> Optional.of("a tick, which says only that time has passed: discard it");
            case InputEvent.GapChanged _,
                    InputEvent.RuleChanged _,
                    InputEvent.ModelChanged _,
                    InputEvent.RoutesChanged _ ->
                Optional.of("a change of settings: make it again with bin/lull, and discard this");
        };
    }
}

package lull.bench.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.Trait;
import lull.aggregator.gap.advice.Trace;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Reader of recorded conversations: files `*.jsonl`, with one conversation in each line. docs/gap.md
/// describes the format.
final class Traces {

    /// Characters of a word, where only words are counted.
    private static final int WORD = 5;

    /// What a message has, and where its ending is.
    private static final int MEMBERS = 7;

    private static final int ENDING = 4;

    private static final int ALL_FLAGS =
            Arrays.stream(Trait.values()).mapToInt(Trait::bit).sum();

    private Traces() {}

    /// Reads all conversations of a folder, by the names of its files.
    static List<Trace> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("The folder " + folder + " cannot be read: "
                    + (Files.exists(folder) ? "it is a file" : "it does not exist"));
        }
        List<Trace> traces = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> !line.isBlank()).map(Traces::trace).forEach(traces::add);
                } catch (UncheckedIOException | IllegalArgumentException e) {
                    throw new IOException(file + " contains something else than conversations: " + e.getMessage(), e);
                }
            }
        }
        if (traces.isEmpty()) {
            throw new IOException("The folder " + folder + " contains no conversations: it needs files *.jsonl");
        }
        return traces;
    }

    private static Trace trace(String line) {
        JsonNode tree = tree(line);
        if (!tree.path("c").isValueNode()
                || !tree.path("m").isArray()
                || tree.path("m").isEmpty()) {
            throw new IllegalArgumentException("A conversation needs c, its id, and m, a list of its messages");
        }
        List<Trace.Line> lines = new ArrayList<>();
        for (JsonNode message : tree.path("m")) {
            requireMembers(message);
            lines.add(new Trace.Line(
                    message.path(0).asLong(),
                    message.path(1).asInt(),
                    shape(
                            message.path(2).asInt(),
                            message.path(3).asInt(),
                            message.path(4).asText(),
                            message.path(5).asInt()),
                    message.path(6).asInt() != 0));
        }
        return Trace.of(
                tree.path("c").asText(), tree.path("src").asText("unknown"), customer(tree.path("customer")), lines);
    }

    private static int customer(JsonNode customer) {
        if (customer.isMissingNode()) {
            return Trace.ALL;
        }
        if (!customer.isInt() || customer.asInt() < 0) {
            throw new IllegalArgumentException("The customer of a conversation is the number of a sender, from 0");
        }
        return customer.asInt();
    }

    private static void requireMembers(JsonNode message) {
        boolean fits = message.isArray() && message.size() == MEMBERS;
        for (int i = 0; fits && i < MEMBERS; i++) {
            fits = i == ENDING ? message.path(i).isTextual() : message.path(i).isIntegralNumber();
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "A message is a list of six whole numbers and, as the fifth member, its ending, such as"
                            + " [0, 0, 5, 1, \"n\", 8, 0]");
        }
    }

    static JsonNode tree(String line) {
        try {
            return Json.tree(line);
        } catch (UnreadableJson e) {
            throw new IllegalArgumentException("A line is not JSON", e);
        }
    }

    static MessageShape shape(int chars, int words, String ending, int flags) {
        if (flags < 0 || flags > ALL_FLAGS) {
            throw new IllegalArgumentException(
                    "The flags are a sum of 1, 2, 4 and so on, from 0 to " + ALL_FLAGS + ", not " + flags);
        }
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if ((flags & trait.bit()) != 0) {
                traits.add(trait);
            }
        }
        return MessageShape.of(chars >= 0 ? chars : words * WORD, ending(ending), traits);
    }

    private static Ending ending(String word) {
        return switch (word) {
            case "n" -> Ending.NOTHING;
            case "p" -> Ending.PERIOD;
            case "q" -> Ending.QUESTION;
            case "x" -> Ending.EXCLAMATION;
            case "e" -> Ending.ELLIPSIS;
            case "c" -> Ending.COMMA;
            case "m" -> Ending.EMOJI;
            case "u" -> Ending.UNKNOWN;
            default -> throw new IllegalArgumentException("An ending is one of n p q x e c m u, not " + word);
        };
    }
}

package lull.aggregator.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.contract.json.UnreadableJson;

/// Reader of a model's file, as docs/gap.md describes it. It is strict: what is missing, unknown or listed
/// twice is refused, because a model with it would decide otherwise than its author expects. Pure.
final class ModelFile {

    private static final Map<String, Feature> FEATURES =
            Feature.ALL.stream().collect(Collectors.toMap(Feature::word, Function.identity()));

    private static final Set<String> MODEL = Set.of("version", "terms", "logOdds", "logSilence", "spread", "likes");
    private static final Set<String> TERM = Set.of("feature", "mean", "deviation", "logOdds", "logSilence");
    private static final Set<String> LIKE = Set.of("gap", "cutSeconds");

    /// What may be quoted: a name, and nothing that could be somebody's text.
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,40}");

    private ModelFile() {}

    /// Reads a model. The exception's message is a sentence about what is wrong: the member or the
    /// feature, what is allowed, and what was given.
    static GapModel read(JsonNode file) throws UnreadableJson {
        try {
            return model(file);
        } catch (IllegalArgumentException e) {
            throw new UnreadableJson(String.valueOf(e.getMessage()));
        }
    }

    private static GapModel model(JsonNode file) {
        requireMembers(file, MODEL, "the model");
        List<GapModel.Term> terms = new ArrayList<>();
        for (JsonNode term : list(file, "terms")) {
            terms.add(term(term, "terms[" + terms.size() + "]"));
        }
        List<GapModel.Like> likes = new ArrayList<>();
        for (JsonNode like : list(file, "likes")) {
            likes.add(like(like, "likes[" + likes.size() + "]"));
        }
        return new GapModel(
                text(file, "version", "the model"),
                terms,
                number(file, "logOdds", "the model"),
                number(file, "logSilence", "the model"),
                number(file, "spread", "the model"),
                likes);
    }

    private static GapModel.Term term(JsonNode term, String place) {
        requireMembers(term, TERM, place);
        String word = text(term, "feature", place);
        Feature feature = FEATURES.get(word);
        if (feature == null) {
            throw new IllegalArgumentException(
                    "feature of " + place + " is no feature that Lull knows: " + quoted(word));
        }
        String named = "feature " + word;
        return new GapModel.Term(
                feature,
                number(term, "mean", named),
                number(term, "deviation", named),
                number(term, "logOdds", named),
                number(term, "logSilence", named));
    }

    private static GapModel.Like like(JsonNode like, String place) {
        requireMembers(like, LIKE, place);
        String text = text(like, "gap", place);
        Duration gap;
        try {
            gap = Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "gap of " + place + " must be a span of time such as PT10S, but it is " + quoted(text), e);
        }
        return new GapModel.Like(gap, number(like, "cutSeconds", place));
    }

    private static void requireMembers(JsonNode object, Set<String> known, String place) {
        if (!object.isObject()) {
            throw new IllegalArgumentException(place + " must be a JSON object with "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw new IllegalArgumentException("unknown member " + quoted(member.getKey()) + " in " + place
                        + ", which has "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static JsonNode list(JsonNode file, String name) {
        JsonNode list = file.path(name);
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException(name + " of the model must be a list with at least one entry, but it is "
                    + (list.isArray() ? "empty" : kind(list)));
        }
        return list;
    }

    private static String text(JsonNode object, String name, String place) {
        JsonNode text = object.path(name);
        if (!text.isTextual()) {
            throw new IllegalArgumentException(name + " of " + place + " must be a text, but it is " + kind(text));
        }
        return text.asText();
    }

    private static double number(JsonNode object, String name, String place) {
        JsonNode number = object.path(name);
        if (!number.isNumber()) {
            throw new IllegalArgumentException(name + " of " + place + " must be a number, but it is " + kind(number));
        }
        return number.asDouble();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case STRING -> "a text";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "true or false";
            case NUMBER, BINARY, POJO -> "something else";
        };
    }

    private static String quoted(String text) {
        return NAME.matcher(text).matches() ? text : "(not a name)";
    }
}

package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Flag;
import lull.contract.message.FlagLists;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import lull.contract.message.RouteLists;
import lull.contract.message.ShareText;
import org.jspecify.annotations.Nullable;

/// Forms that change routes and flags. The aggregator takes whole lists only, so each form becomes the list in force
/// with one change, built on the revision that the page showed. Pure.
public final class RuleForms {

    /// Values of the field `do`.
    static final String SET = "set";

    static final String SHARE = "share";
    static final String REMOVE = "remove";
    static final String RESET = "reset";
    static final String RESTORE = "restore";

    private static final String RULES = "rules";

    private RuleForms() {}

    /// What a form asks for.
    public sealed interface Request {

        /// A whole list.
        ///
        /// @param list the routes, or the rules of flags
        /// @param undo the fields of a form that restores the list before, but for its revision
        record Put(List<?> list, Map<String, String> undo) implements Request {}

        /// Back to the configured routes.
        ///
        /// @param undo the fields of a form that restores the list before, but for its revision
        record Reset(Map<String, String> undo) implements Request {}

        /// Nothing, because the form makes no sense.
        ///
        /// @param problem in a sentence
        record Absurd(String problem) implements Request {}
    }

    /// Returns the revision on which a form builds: the one that its page showed.
    public static long revision(Map<String, String> form) {
        String revision = form.getOrDefault("revision", "");
        return revision.matches("[0-9]{1,18}") ? Long.parseLong(revision) : -1;
    }

    /// Returns what a form about routes asks for.
    ///
    /// @param report of the aggregator about the routes of the topic
    public static Request ofRoutes(JsonNode report, Map<String, String> form) {
        Optional<JsonNode> latest = latest(report);
        if (latest.isEmpty()) {
            return new Request.Absurd("the routes in force are unknown. Try again");
        }
        try {
            List<Route> before = rules(text(latest.get().path("routes")), Route[].class);
            Map<String, String> undo = latest.get().path("configured").asBoolean()
                    ? Map.of("do", RESET)
                    : Map.of("do", RESTORE, RULES, text(before));
            return switch (form.getOrDefault("do", "")) {
                case SET -> new Request.Put(RouteLists.with(before, route(form), given(form, "before")), undo);
                case SHARE ->
                    new Request.Put(
                            RouteLists.withShare(
                                    before,
                                    form.getOrDefault("name", ""),
                                    ShareText.read(form.getOrDefault(SHARE, ""))),
                            undo);
                case REMOVE -> new Request.Put(RouteLists.without(before, form.getOrDefault("name", "")), undo);
                case RESTORE -> new Request.Put(rules(form.getOrDefault(RULES, ""), Route[].class), undo);
                case RESET -> new Request.Reset(undo);
                default -> new Request.Absurd("the form names no change that there is");
            };
        } catch (IllegalArgumentException e) {
            return new Request.Absurd(String.valueOf(e.getMessage()));
        } catch (UnreadableJson e) {
            return new Request.Absurd("the routes cannot be read");
        }
    }

    /// Returns what a form about flags asks for.
    ///
    /// @param report of the aggregator about the routes and flags of the topic
    public static Request ofFlags(JsonNode report, Map<String, String> form) {
        Optional<JsonNode> latest = latest(report);
        if (latest.isEmpty()) {
            return new Request.Absurd("the flags in force are unknown. Try again");
        }
        try {
            List<FlagRule> before = rules(text(latest.get().path("flags")), FlagRule[].class);
            Map<String, String> undo = Map.of("do", RESTORE, RULES, text(before));
            String flag = form.getOrDefault("flag", "");
            @Nullable String number = given(form, "number");
            return switch (form.getOrDefault("do", "")) {
                case SET -> new Request.Put(FlagLists.with(before, rule(form, flag, number)), undo);
                case REMOVE -> {
                    List<FlagRule> after = FlagLists.without(before, flag, number);
                    yield after.size() == before.size()
                            ? new Request.Absurd("the flag " + flag + " has no such rule")
                            : new Request.Put(after, undo);
                }
                case RESTORE -> new Request.Put(rules(form.getOrDefault(RULES, ""), FlagRule[].class), undo);
                default -> new Request.Absurd("the form names no change that there is");
            };
        } catch (IllegalArgumentException e) {
            return new Request.Absurd(String.valueOf(e.getMessage()));
        } catch (UnreadableJson e) {
            return new Request.Absurd("the flags cannot be read");
        }
    }

    /// Returns what the partitions with the latest change have in force.
    static Optional<JsonNode> latest(JsonNode report) {
        return StreamSupport.stream(report.path("inForce").spliterator(), false)
                .max(Comparator.comparingLong(each -> each.path("revision").asLong()));
    }

    private static Route route(Map<String, String> form) {
        String share = form.getOrDefault(SHARE, "");
        return new Route(
                form.getOrDefault("name", ""),
                given(form, "app"),
                given(form, "number"),
                share.isEmpty() ? Route.ALL : ShareText.read(share),
                form.getOrDefault("to", ""));
    }

    private static FlagRule rule(Map<String, String> form, String flag, @Nullable String number) {
        if (Flag.of(flag).isEmpty()) {
            throw new IllegalArgumentException("There is no flag " + flag + "; there are " + Flag.words());
        }
        String share = form.getOrDefault(SHARE, "");
        String value = form.getOrDefault("value", "");
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException("A flag is switched on or off");
        }
        return new FlagRule(flag, number, share.isEmpty() ? Route.ALL : ShareText.read(share), value.equals("on"));
    }

    private static @Nullable String given(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    private static <T> List<T> rules(String text, Class<T[]> type) throws UnreadableJson {
        @Nullable T @Nullable [] rules = Json.read(text.getBytes(StandardCharsets.UTF_8), type);
        if (rules == null || Arrays.asList(rules).contains(null)) {
            throw new IllegalArgumentException("a rule is missing");
        }
        return List.of(rules);
    }

    private static String text(Object rules) {
        return new String(Json.bytes(rules), StandardCharsets.UTF_8);
    }

    /// Returns a list of the aggregator's report for people, each rule in a line.
    static List<String> lines(JsonNode rules) {
        List<String> lines = new ArrayList<>();
        for (JsonNode rule : rules) {
            List<String> members = new ArrayList<>();
            rule.properties()
                    .forEach(member -> members.add(
                            member.getKey() + " " + member.getValue().asText()));
            lines.add(String.join(", ", members));
        }
        return lines;
    }
}

package lull.console.pages;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Timestamps;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Filters and functions of the templates: `time`, `age`, `span` and `number`, and links to the runbook.
final class PageExtension extends AbstractExtension {

    private final InstantSource clock;
    private final Links links;

    PageExtension(InstantSource clock, Links links) {
        this.clock = clock;
        this.links = links;
    }

    /// A filter without arguments.
    @FunctionalInterface
    private interface Form {
        Object of(Object value);
    }

    private record FormFilter(Form form) implements Filter {

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate template,
                EvaluationContext context,
                int line) {
            Object value = input instanceof Optional<?> optional ? optional.orElse(null) : input;
            return value == null ? null : form.of(value);
        }

        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }
    }

    private record RunbookFunction(Links links) implements Function {

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate template, EvaluationContext context, int line) {
            return links.runbook(String.valueOf(arguments.get("heading")));
        }

        @Override
        public List<String> getArgumentNames() {
            return List.of("heading");
        }
    }

    private record ContactFunction(Links links) implements Function {

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate template, EvaluationContext context, int line) {
            return links.contact(String.valueOf(arguments.get("id")));
        }

        @Override
        public List<String> getArgumentNames() {
            return List.of("id");
        }
    }

    @Override
    public Map<String, Filter> getFilters() {
        return Map.of(
                "time", new FormFilter(value -> element("", time(value), Shown.utc(time(value)))),
                "age", new FormFilter(this::age),
                "span", new FormFilter(value -> Shown.span(duration(value))),
                "number", new FormFilter(value -> Shown.number(((Number) value).doubleValue())),
                "whole", new FormFilter(value -> Shown.rounded(((Number) value).doubleValue(), 0)),
                "tenths", new FormFilter(value -> Shown.rounded(((Number) value).doubleValue(), 1)),
                "cents", new FormFilter(value -> Shown.rounded(((Number) value).doubleValue(), 2)));
    }

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of("runbook", new RunbookFunction(links), "contactPage", new ContactFunction(links));
    }

    private SafeString age(Object value) {
        Instant at = time(value);
        return element(" class=\"age\"", at, Shown.span(Duration.between(at, clock.instant())));
    }

    /// Nothing in it comes from outside, so nothing in it has to be escaped.
    private static SafeString element(String attributes, Instant at, String text) {
        return new SafeString("<time" + attributes + " datetime=\"" + Shown.attribute(at) + "\" title=\""
                + Shown.utc(at) + "\">" + text + "</time>");
    }

    private static Instant time(Object value) {
        return value instanceof Instant at
                ? at
                : Timestamps.ofIso(value.toString()).orElse(Instant.EPOCH);
    }

    private static Duration duration(Object value) {
        return switch (value) {
            case Duration span -> span;
            case Number millis -> Duration.ofMillis(millis.longValue());
            default -> Durations.parse(value.toString());
        };
    }
}

package lull.console.figures;

import java.util.Map;

/// Value of a meter of a process, as its admin port shows it. Immutable.
///
/// @param name in Prometheus, such as `lull_turns_open`
/// @param labels the tags of the meter by name
public record Sample(String name, Map<String, String> labels, double value) {

    public Sample {
        labels = Map.copyOf(labels);
    }

    /// Returns the value of a tag; empty if the meter does not have it.
    public String label(String key) {
        return labels.getOrDefault(key, "");
    }

    /// Whether a tag has a value.
    boolean has(String key, String value) {
        return label(key).equals(value);
    }
}

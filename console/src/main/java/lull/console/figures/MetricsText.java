package lull.console.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reader of the text format of Prometheus (0.0.4), for the meters that the pages show. Lines that it does not
/// understand are skipped. Pure.
final class MetricsText {

    private static final int MAX_SAMPLES = 20_000;

    private MetricsText() {}

    /// Returns the samples of these meters.
    ///
    /// @param text all meters of a process
    /// @param names those that are wanted
    static List<Sample> read(String text, Set<String> names) {
        List<Sample> samples = new ArrayList<>();
        int at = 0;
        while (at < text.length() && samples.size() < MAX_SAMPLES) {
            int end = text.indexOf('\n', at);
            int until = end < 0 ? text.length() : end;
            if (until > at && text.charAt(at) != '#') {
                read(text.substring(at, until), names, samples);
            }
            at = until + 1;
        }
        return samples;
    }

    private static void read(String line, Set<String> names, List<Sample> samples) {
        int open = line.indexOf('{');
        int blank = line.indexOf(' ');
        int nameEnds = open >= 0 && (blank < 0 || open < blank) ? open : blank;
        if (nameEnds <= 0 || !names.contains(line.substring(0, nameEnds))) {
            return;
        }
        Map<String, String> labels = new HashMap<>();
        int valueAt = nameEnds == open ? labels(line, open + 1, labels) : nameEnds;
        if (valueAt < 0) {
            return;
        }
        String value = line.substring(valueAt).strip().split(" ", 2)[0];
        try {
            samples.add(new Sample(line.substring(0, nameEnds), labels, number(value)));
        } catch (NumberFormatException e) {
            // It is a line of another format.
        }
    }

    /// Reads the labels, and returns the index after them; -1 if they do not end.
    private static int labels(String line, int from, Map<String, String> labels) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '}') {
            int equals = line.indexOf("=\"", at);
            if (equals < 0) {
                return -1;
            }
            StringBuilder value = new StringBuilder();
            int end = equals + 2;
            while (end < line.length() && line.charAt(end) != '"') {
                char next = line.charAt(end);
                if (next == '\\' && end + 1 < line.length()) {
                    end++;
                    value.append(line.charAt(end) == 'n' ? '\n' : line.charAt(end));
                } else {
                    value.append(next);
                }
                end++;
            }
            labels.put(line.substring(at, equals).replace(",", "").strip(), value.toString());
            at = end + 1;
        }
        return at < line.length() ? at + 1 : -1;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}

package lull.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// docs/metrics.md: its rows by the meter's name.
///
/// @param meters Lull's own
/// @param others names in Prometheus of the libraries' meters
record MetricsPage(Map<String, Row> meters, List<String> others) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TAG = Pattern.compile("(?:^|; )`([a-z]+)`");

    /// What is said of a meter.
    ///
    /// @param type its first word: counter, gauge, timer, histogram or summary
    /// @param values every word in code style of the tags, their names included
    record Row(String prometheus, String type, Set<String> tags, Set<String> values) {}

    static MetricsPage read() {
        Map<String, Row> meters = new LinkedHashMap<>();
        List<List<String>> rows = Sources.read(Sources.page("metrics.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.split("(?<!\\\\)\\|", -1)))
                .toList();
        for (List<String> row : rows) {
            if (row.get(1).contains("`lull.")) {
                String tags = row.get(4).strip();
                meters.put(
                        code(row.get(1)),
                        new Row(
                                code(row.get(2)),
                                row.get(3).strip().split(" ", 2)[0],
                                words(TAG, tags),
                                words(CODE, tags)));
            }
        }
        List<String> others = rows.stream()
                .map(row -> code(row.get(1)))
                .filter(name -> !name.startsWith("lull"))
                .toList();
        return new MetricsPage(meters, others);
    }

    private static String code(String cell) {
        return cell.strip().replace("`", "");
    }

    private static Set<String> words(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}

package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import lull.contract.json.Json;

/// Text of an answer for people: a list of objects as a table, everything else line by line.
final class ResultText {

    private static final int WIDEST = 48;

    private ResultText() {}

    static void print(JsonNode result, PrintWriter out) {
        if (result.isMissingNode()
                || (result.size() == 1 && result.path("success").asBoolean(false))) {
            out.println("Done");
        } else if (isTable(result.path("data"))) {
            table(result.path("data"), out);
            String after = result.path("paging").path("cursors").path("after").asText("");
            if (!after.isEmpty()) {
                out.println("Next page: --param after=" + after);
            }
        } else {
            lines("", result, out);
        }
    }

    private static boolean isTable(JsonNode data) {
        return data.isArray() && (data.isEmpty() || data.get(0).isObject());
    }

    private static void table(JsonNode rows, PrintWriter out) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        rows.forEach(row -> row.properties()
                .forEach(cell -> widths.merge(
                        cell.getKey(),
                        Math.max(cell.getKey().length(), cell(cell.getValue()).length()),
                        Math::max)));
        if (widths.isEmpty()) {
            out.println("There are none");
            return;
        }
        out.println(line(widths, name -> name.toUpperCase(Locale.ROOT)));
        rows.forEach(row -> out.println(line(widths, name -> cell(row.path(name)))));
    }

    private static String line(Map<String, Integer> widths, Function<String, String> cell) {
        StringBuilder line = new StringBuilder();
        widths.forEach((name, width) -> line.append(String.format("%-" + width + "s  ", cell.apply(name))));
        return line.toString().stripTrailing();
    }

    private static String cell(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : Json.text(value);
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private static void lines(String path, JsonNode value, PrintWriter out) {
        value.properties().forEach(member -> {
            String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getValue().isObject()) {
                lines(name, member.getValue(), out);
            } else {
                out.println(name + ": "
                        + (member.getValue().isValueNode()
                                ? member.getValue().asText()
                                : Json.text(member.getValue())));
            }
        });
    }
}

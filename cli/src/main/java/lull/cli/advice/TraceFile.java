package lull.cli.advice;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.advice.Trace;
import lull.contract.json.Json;

/// Writer of conversations in the format of docs/gap.md, for `lull bench gap`.
public final class TraceFile {

    /// Characters of a word, which the format asks for and nothing uses if the characters are known.
    private static final int WORD = 5;

    private TraceFile() {}

    /// Writes a file with one conversation in each line. Conversations are numbered, so the file has
    /// no id of a customer.
    public static void write(Path file, List<Trace> traces) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (Trace trace : traces) {
                number++;
                out.write(Json.text(line("conversation-" + number, trace)));
                out.newLine();
            }
        }
    }

    private static Map<String, Object> line(String name, Trace trace) {
        List<List<Object>> messages = new ArrayList<>();
        for (Trace.Line line : trace.lines()) {
            MessageShape shape = line.shape();
            messages.add(List.of(
                    line.at(),
                    line.sender(),
                    shape.length(),
                    Math.ceilDiv(shape.length(), WORD),
                    ending(shape.ending()),
                    shape.traits(),
                    line.isAfterBreak() ? 1 : 0));
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("c", name);
        members.put("src", trace.source());
        if (trace.customer() != Trace.ALL) {
            members.put("customer", trace.customer());
        }
        members.put("m", messages);
        return members;
    }

    private static String ending(Ending ending) {
        return switch (ending) {
            case NOTHING -> "n";
            case PERIOD -> "p";
            case QUESTION -> "q";
            case EXCLAMATION -> "x";
            case ELLIPSIS -> "e";
            case COMMA -> "c";
            case EMOJI -> "m";
            case UNKNOWN -> "u";
        };
    }
}

package lull.standins.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.standins.http.Json;

/// Rules that stand for a language model: they answer what an assistant asks for, by words of the
/// customer, and always the same. They also obey a customer who writes `say: …`, as a model might.
/// Pure.
final class RuleEngine {

    private static final Pattern ORDER = Pattern.compile("(?i)\\border\\s+(?:number\\s+|no\\.?\\s+|#)?(\\d+)");
    private static final Pattern OBEY = Pattern.compile("(?is)\\bsay:\\s*(.*)");
    private static final int SUMMARY = 100;

    private RuleEngine() {}

    /// @param turn what the assistant gives of a turn
    static ObjectNode answer(JsonNode turn) {
        String text = words(turn);
        String said = text.toLowerCase(Locale.ROOT);
        String name = turn.path("customer").path("name").asText();
        Matcher order = ORDER.matcher(text);
        Matcher obey = OBEY.matcher(text);
        ObjectNode answer = answer(true, "You wrote: " + text, "question", 0.9);
        if (obey.find()) {
            answer.put("content", obey.group(1));
        } else if (said.contains("colleague") || said.contains("somebody else")) {
            answer.put("handOver", "asked").put("content", "One moment, a colleague goes on.");
        } else if (said.contains("complain")) {
            answer.put("handOver", "complaint").put("intent", "complaint").put("content", "I am sorry.");
        } else if (said.contains("lawyer")) {
            answer.put("intent", "legal");
        } else if (said.contains("riddle")) {
            answer.put("confidence", 0.2);
        } else if (said.startsWith("thank")) {
            answer.put("shouldRespond", false).put("content", "");
        } else if (order.find()) {
            answer.put("intent", "delivery").put("content", "Order " + order.group(1) + " arrives tomorrow.");
            answer.putArray("actions").addObject().put("name", "order").put("value", order.group(1));
        } else if (said.contains("before")) {
            String last = lastOf(turn.path("history"), "customer");
            answer.put("content", "Before, you wrote: " + (last.isEmpty() ? "nothing" : last));
        } else if (said.startsWith("hello")) {
            answer.put("content", "Hello" + (name.isEmpty() ? "" : " " + name) + "! How can I help?");
        } else if (text.isEmpty()) {
            answer.put("handOver", "unsure").put("content", "");
        }
        String before = lastOf(turn.path("history"), "customer");
        answer.put(
                "summary", (before.isEmpty() ? "" : "Before: " + shortened(before) + "\n") + "Now: " + shortened(text));
        return answer;
    }

    /// Returns what the customer wrote, and said in voice notes.
    private static String words(JsonNode turn) {
        StringBuilder words = new StringBuilder(turn.path("text").asText());
        for (JsonNode attachment : turn.path("attachments")) {
            String transcript = attachment.path("transcript").asText();
            words.append(words.isEmpty() || transcript.isEmpty() ? "" : "\n").append(transcript);
        }
        return words.toString();
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.substring(0, Math.min(SUMMARY, line.length()));
    }

    private static String lastOf(JsonNode history, String from) {
        String last = "";
        for (JsonNode past : history) {
            if (past.path("from").asText().equals(from)) {
                last = past.path("text").asText();
            }
        }
        return last;
    }

    private static ObjectNode answer(boolean responds, String content, String intent, double confidence) {
        ObjectNode answer = Json.object()
                .put("shouldRespond", responds)
                .put("content", content)
                .put("confidence", confidence)
                .put("intent", intent)
                .put("handOver", "no")
                .put("summary", "");
        answer.putArray("actions");
        return answer;
    }
}

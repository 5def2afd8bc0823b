package lull.bench.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.advice.Trace;
import org.jspecify.annotations.Nullable;

/// Answers each message that it reads with a gap, before it reads the next: so no gap can depend on what
/// follows. All conversations are those of one business.
final class Decider {

    private static final List<String> NAMES = List.of("c", "t", "s", "chars", "words", "end", "flags", "hard");
    private static final Set<String> NUMBERS = Set.of("t", "s", "chars", "words", "flags", "hard");

    private final AdaptiveGap gap;
    private final Business business = new Business();
    private @Nullable String id;
    private Player.Conversation conversation;

    Decider(AdaptiveGap gap) {
        this.gap = gap;
        this.conversation = new Player.Conversation(gap, business);
    }

    /// Reads one message a line, as JSON, and writes its gap in milliseconds as a line.
    void run(BufferedReader in, PrintWriter out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(gapAfter(Traces.tree(line)));
            out.flush();
        }
    }

    private long gapAfter(JsonNode message) {
        for (String name : NAMES) {
            JsonNode value = message.path(name);
            if (value.isMissingNode()) {
                throw new IllegalArgumentException(
                        "A message lacks " + name + ": it needs " + String.join(", ", NAMES));
            }
            if (NUMBERS.contains(name) && !value.isIntegralNumber()) {
                throw new IllegalArgumentException("A message's " + name + " must be a whole number");
            }
        }
        String its = message.path("c").asText();
        if (!its.equals(id)) {
            id = its;
            conversation = new Player.Conversation(gap, business);
        }
        Trace.Line line = new Trace.Line(
                message.path("t").asLong(),
                message.path("s").asInt(),
                Traces.shape(
                        message.path("chars").asInt(),
                        message.path("words").asInt(),
                        message.path("end").asText(),
                        message.path("flags").asInt()),
                message.path("hard").asInt() != 0);
        return conversation.wrote(line).gap().toMillis();
    }
}

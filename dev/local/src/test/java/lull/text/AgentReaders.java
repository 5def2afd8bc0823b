package lull.text;

import java.util.List;
import java.util.Optional;
import lull.contract.message.Content;
import lull.contract.turn.Turn;

/// What makes texts for agents of messages, for the test that feeds all readers.
public final class AgentReaders {

    private static final Rendering RENDERING = new Rendering(AgentTexts.load("en", Optional.empty()));

    private AgentReaders() {}

    public static String text(Content content) {
        return RENDERING.text(content);
    }

    public static Object parts(Turn turn) {
        return List.of(TurnPart.of(turn, RENDERING, 1_024, true, new Quotes(100)), References.of(turn, RENDERING));
    }
}

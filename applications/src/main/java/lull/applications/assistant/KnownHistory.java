package lull.applications.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.contract.application.TurnHandled;
import lull.contract.turn.Turn;

/// History from the results of earlier turns, which have what customer and assistant said, and not what an agent
/// wrote. It is there at once, also after a restart. Pure.
///
/// @param maxExchanges how many of the last exchanges are told
record KnownHistory(int maxExchanges) implements History {

    private static final String HANDED_OVER =
            "The conversation went to a person of the business, and has come back to you since";

    @Override
    public List<Past> before(Turn turn, List<TurnHandled> known) {
        Instant oldest = turn.lastReceivedAt().minus(AGE);
        List<TurnHandled> recent =
                known.stream().filter(past -> past.at().isAfter(oldest)).toList();
        long exchanges =
                recent.stream().filter(TurnHandled.Spoken.class::isInstance).count();
        List<Past> history = new ArrayList<>();
        long skipped = Math.max(0, exchanges - maxExchanges);
        TurnHandled handedOver = null;
        for (TurnHandled past : recent) {
            if (past instanceof TurnHandled.HandedOver) {
                // What was said in that turn is written after it.
                handedOver = past;
            } else if (past instanceof TurnHandled.Spoken spoken) {
                if (skipped-- > 0) {
                    continue;
                }
                history.add(new Past(Past.CUSTOMER, spoken.exchange().customer(), past.at()));
                spoken.exchange().replies().forEach(reply -> history.add(new Past(Past.ASSISTANT, reply, past.at())));
                if (handedOver != null && handedOver.turnId().equals(past.turnId())) {
                    history.add(new Past("event", HANDED_OVER, past.at()));
                }
            }
        }
        return history;
    }
}

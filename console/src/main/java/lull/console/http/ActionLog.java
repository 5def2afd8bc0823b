package lull.console.http;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import lull.console.signin.Operator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Record of what operators do on the pages: a line of the logger `lull.console.actions` for each action, with its
/// time, and a meter. It contains no texts and no numbers of customers. Safe for several threads.
final class ActionLog {

    private static final Logger log = LoggerFactory.getLogger("lull.console.actions");

    private final Map<Action, Counter> counters = new EnumMap<>(Action.class);

    /// Kind of action.
    enum Action {
        SIGNED_IN,
        SIGNED_OUT,
        SIGN_IN_REFUSED,
        TEXTS_SHOWN,
        WORDS_SEARCHED,
        FILE_OPENED,
        CONVERSATION_ARCHIVED,
        CONVERSATION_UNARCHIVED,
        CONVERSATION_READ,
        CONVERSATION_BEGUN,
        LETTERS_REPLAYED,
        LETTERS_DISCARDED,
        GAP_CHANGED,
        GAP_UNDONE,
        ROUTES_CHANGED,
        ROUTES_UNDONE,
        FLAGS_CHANGED,
        FLAGS_UNDONE
    }

    ActionLog(MeterRegistry registry) {
        for (Action action : Action.values()) {
            counters.put(
                    action,
                    Counter.builder("lull.console.actions")
                            .description("What operators did on the pages of the console")
                            .tag("action", word(action))
                            .register(registry));
        }
    }

    /// Records an action.
    ///
    /// @param about a masked key, an id or a topic
    void record(Action action, Operator operator, String about) {
        count(action);
        log.atInfo()
                .addKeyValue("action", word(action))
                .addKeyValue("operator", operator.name())
                .addKeyValue("about", about)
                .log("An operator used the console");
    }

    /// Records an attempt to sign in with a wrong token.
    void refused(String address) {
        count(Action.SIGN_IN_REFUSED);
        log.atWarn()
                .addKeyValue("action", word(Action.SIGN_IN_REFUSED))
                .addKeyValue("address", address)
                .log("Somebody tried to sign in to the console with a wrong token");
    }

    private void count(Action action) {
        requireNonNull(counters.get(action)).increment();
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}

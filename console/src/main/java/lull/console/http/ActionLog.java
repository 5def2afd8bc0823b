package lull.console.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import lull.console.signin.Operator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Record of what operators do on the pages: a line of the logger `lull.console.actions` for each action, with its
/// time, and a meter. It contains no texts and no numbers of customers. Safe for several threads.
final class ActionLog {

    private static final Logger log = LoggerFactory.getLogger("lull.console.actions");

    private final MeterRegistry registry;

    /// Kind of action.
    enum Action {
        SIGNED_IN,
        SIGNED_OUT,
        SIGN_IN_REFUSED,
        TEXTS_SHOWN,
        CONVERSATION_ARCHIVED,
        CONVERSATION_UNARCHIVED,
        CONVERSATION_READ,
        LETTERS_REPLAYED,
        LETTERS_DISCARDED,
        GAP_CHANGED,
        GAP_UNDONE
    }

    ActionLog(MeterRegistry registry) {
        this.registry = registry;
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
        Counter.builder("lull.console.actions")
                .description("What operators did on the pages of the console")
                .tag("action", word(action))
                .register(registry)
                .increment();
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}

package lull.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What loggers of this JVM write until it is closed. Afterwards they are as before: the classes
/// that follow in the same JVM may listen, too.
final class LinesLogged implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Listener listener = new Listener();
    private final Logger raised;
    private final @Nullable Level level;
    private final boolean isAdditive;

    private final class Listener extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }

    private LinesLogged(Logger logger, Logger raised, Level level) {
        this.logger = logger;
        this.raised = raised;
        this.level = raised.getLevel();
        this.isAdditive = logger.isAdditive();
        raised.setLevel(level);
        logger.setAdditive(false);
        listener.setContext(logger.getLoggerContext());
        listener.start();
        logger.addAppender(listener);
    }

    /// Listens to a logger and those below it, which write from this level on, and nowhere else.
    static LinesLogged by(String name, Level level) {
        Logger logger = logger(name);
        return new LinesLogged(logger, logger, level);
    }

    /// Listens to all loggers, those of libraries included; those of Lull write from this level on.
    static LinesLogged byAll(Level levelOfLull) {
        return new LinesLogged(logger(org.slf4j.Logger.ROOT_LOGGER_NAME), logger("lull"), levelOfLull);
    }

    List<ILoggingEvent> events() {
        return events;
    }

    /// The lines with all that is written of them: logger, message, facts, context and exception.
    List<String> lines() {
        return events.stream().map(LinesLogged::line).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(listener);
        logger.setAdditive(isAdditive);
        raised.setLevel(level);
    }

    private static String line(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                + event.getMDCPropertyMap() + " " + thrown;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}

package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calculation of what other gaps would do, from conversations of the archive. Calls take seconds, and
/// are safe for several threads.
public interface AdviceCalculator {

    /// What is asked.
    ///
    /// @param number only conversations of this business number; empty: all
    /// @param gap in force; absent if it is unknown
    /// @param rule in force, as the aggregator reports it; absent if it is unknown
    record Question(
            String number, @Nullable Duration gap, @Nullable JsonNode rule) {}

    /// What would happen in a month with a gap and a policy. Errors are standard errors.
    ///
    /// @param policy `fixed` or `adaptive`
    /// @param gap such as `8s`; of the adaptive policy the gap that cuts as many thoughts
    /// @param seconds of the gap
    /// @param isToday whether it is in force
    /// @param connect chat messages of customers in Amazon Connect
    /// @param cost of these
    /// @param cut the share of thoughts that are cut, from 0 to 1
    /// @param delay seconds from the last message of a thought to the end of its turn, on average
    record Row(
            String policy,
            String gap,
            double seconds,
            boolean isToday,
            double connect,
            double connectError,
            double cost,
            double costError,
            double cut,
            double cutError,
            double delay,
            double delayError) {

        public boolean isAdaptive() {
            return policy.equals("adaptive");
        }
    }

    /// Answer to a question.
    ///
    /// @param at when it was calculated
    /// @param period of the conversations, until then
    /// @param share which part of the conversations was read: above 0 and at most 1
    /// @param messages of customers that were read
    /// @param turns of these, as they really were
    /// @param messagesAMonth of customers
    /// @param fewestTurns with fewer turns there are no rows
    /// @param price of a chat message
    /// @param priceSource how the price is known, and of which day
    /// @param rows fixed gaps first, each by growing gaps; empty if the turns are too few
    record Advice(
            Instant at,
            Duration period,
            double share,
            int conversations,
            long messages,
            long turns,
            double messagesAMonth,
            int fewestTurns,
            double price,
            String currency,
            String priceSource,
            List<Row> rows) {

        public Advice {
            rows = List.copyOf(rows);
        }
    }

    /// Price of a chat message of Amazon Connect.
    ///
    /// @param source how it is known, and of which day
    record Price(double amount, String currency, String source) {}

    /// Returns the price of a chat message.
    Price price();

    /// Thrown if it cannot be calculated now.
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        /// @param reason in a sentence, with what to do
        public Unavailable(String reason) {
            super(reason);
        }
    }

    /// Calculates an answer. Ends soon after the thread is interrupted.
    ///
    /// @param progress gets what is done now, in words
    Advice advise(Question question, ArchiveApi archive, Consumer<String> progress)
            throws Unavailable, InterruptedException;
}

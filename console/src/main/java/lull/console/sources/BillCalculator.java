package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Calculation of what a month costs, from the ledger of the archive. Pure, and safe for several
/// threads.
@FunctionalInterface
public interface BillCalculator {

    /// Line of a bill.
    ///
    /// @param number the business number
    /// @param what the category of messages of WhatsApp, or who wrote in chats of Amazon Connect:
    ///     `turn`, `note`, `agent`, `system`
    /// @param market of WhatsApp; empty for Amazon Connect, and if the list of prices does not have it
    /// @param type WhatsApp's word, such as `regular`; empty for Amazon Connect, and if it has said
    ///     none
    /// @param price of a message; absent if the list of prices does not have it
    /// @param amount of all of them; absent as the price
    record Line(
            String number,
            String what,
            String market,
            String type,
            long messages,
            @Nullable Double price,
            @Nullable Double amount) {}

    /// What Amazon Connect did not charge because messages became turns.
    ///
    /// @param messages of customers in turns that reached it
    /// @param oneByOne as how many chat messages these would have come one by one, at least
    /// @param connectMessages as how many they came
    /// @param amount of the difference
    record Gathering(long messages, long oneByOne, long connectMessages, double amount) {}

    /// What was charged because a text was too long for one message.
    ///
    /// @param whatsappParts charged messages of WhatsApp that are not the first part of their reply
    /// @param connectParts messages of Amazon Connect that are not the first part of a text of a turn
    record Splitting(long whatsappParts, double whatsappAmount, long connectParts, double connectAmount) {}

    /// Bill of a month.
    ///
    /// @param pricesOf the day of the list of prices
    /// @param isOver whether nothing can be added any more, because the month is over
    /// @param sum of all lines with a price
    /// @param gathering absent if only a part of the conversations was asked for
    /// @param withoutPrice what was charged, but has no price in the list
    /// @param unverified names of prices that were used and are not verified
    record Bill(
            YearMonth month,
            boolean isOver,
            String currency,
            String pricesOf,
            List<Line> whatsapp,
            List<Line> connect,
            double whatsappSum,
            double connectSum,
            double sum,
            @Nullable Gathering gathering,
            Splitting splitting,
            List<String> withoutPrice,
            List<String> unverified) {

        public Bill {
            whatsapp = List.copyOf(whatsapp);
            connect = List.copyOf(connect);
            withoutPrice = List.copyOf(withoutPrice);
            unverified = List.copyOf(unverified);
        }
    }

    /// Ledger of a month.
    ///
    /// @param days answers of the archive's `/charges`, by the day that they are about
    /// @param isOver whether the month is over
    /// @param isWhole whether it is that of all conversations
    record Ledger(YearMonth month, SortedMap<LocalDate, JsonNode> days, boolean isOver, boolean isWhole) {}

    /// Calculates a bill.
    Bill bill(Ledger ledger);
}

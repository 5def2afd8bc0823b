package lull.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import lull.aggregator.turn.InputEvent;
import lull.aggregator.turn.ParsedMessage;
import lull.aggregator.turn.PartitionTurns;
import lull.aggregator.turn.TurnEvent;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Message;
import lull.contract.message.Source;

/// A day of a partition, to be played again and again: customers of several business numbers write thoughts of one
/// to six messages, and most are answered. The same seed makes the same day.
final class GapCostScript {

    /// Messages of the day, without the answers.
    static final int MESSAGES = 40_000;

    private static final int CUSTOMERS = 10_000;
    private static final int NUMBERS = 5;
    private static final long FIRST_CUSTOMER = 15_550_000_000L;
    private static final long FIRST_NUMBER = 100_000_000_000_001L;
    private static final long START = 1_764_300_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Source SOURCE = new Source("meta", "default");
    private static final double GOES_ON = 0.4;
    private static final int MOST_MESSAGES = 6;
    private static final double SILENCE = 7_000;
    private static final double ANSWER = 25_000;
    private static final double SPREAD = 0.8;
    private static final double LONGEST = 59_000;
    private static final double ANSWERED = 0.8;

    private static final List<String> TEXTS = List.of(
            "Hi",
            "Hello, good morning",
            "I wanted to ask about my order",
            "it should have arrived on Tuesday and I have not heard anything from the courier since then",
            "the number is 4711-0815",
            "Can I pay by card?",
            "and one more thing",
            "ok",
            "Thanks a lot!",
            "https://example.com/orders/4711",
            "Buenos días, quería saber si tienen cita para mañana por la tarde",
            "y también para mi hija",
            "¿a qué hora abren?",
            "muchas gracias 🙏",
            "Guten Tag, ich habe eine Frage zu meiner Rechnung vom letzten Monat,",
            "weil da zweimal derselbe Betrag steht",
            "Bom dia! Vocês entregam no sábado?",
            "é para um presente...",
            "नमस्ते, मेरा ऑर्डर अभी तक नहीं आया",
            "مرحبا، هل يمكنني تغيير العنوان؟",
            "お世話になります。予約を変更したいのですが",
            "😀",
            "No, the other one, the blue one that I sent back in March because the zip was broken."
                    + " A colleague promised me a new one within two weeks.");

    private final List<Event> events;

    private GapCostScript(List<Event> events) {
        this.events = events;
    }

    /// Something that happens in the day.
    private static final class Event {

        private final String conversation;
        private final long at;
        private final ParsedMessage message;
        private final byte[] value;

        /// @param at in milliseconds
        /// @param message of an answer: the message that it answers
        /// @param value of the record; empty: an answer of the business
        Event(String conversation, long at, ParsedMessage message, byte[] value) {
            this.conversation = conversation;
            this.at = at;
            this.message = message;
            this.value = value;
        }

        boolean isAnswer() {
            return value.length == 0;
        }

        long at() {
            return at;
        }
    }

    /// Creates the day of a seed.
    static GapCostScript of(long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        int messages = 0;
        while (messages < MESSAGES) {
            int customer = random.nextInt(CUSTOMERS);
            ConversationKey conversation = new ConversationKey(
                    Long.toString(FIRST_NUMBER + customer % NUMBERS), Long.toString(FIRST_CUSTOMER + customer));
            double at = START + random.nextDouble() * DAY;
            int thought = 0;
            do {
                events.add(message(conversation, Math.round(at), messages, random));
                messages++;
                thought++;
                at += Math.min(LONGEST, logNormal(SILENCE, random));
            } while (messages < MESSAGES && thought < MOST_MESSAGES && random.nextDouble() < GOES_ON);
            if (random.nextDouble() < ANSWERED) {
                Event last = events.getLast();
                long answered = Math.round(last.at() + logNormal(ANSWER, random));
                events.add(new Event(last.conversation, answered, last.message, new byte[0]));
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new GapCostScript(List.copyOf(events));
    }

    /// Plays the day to a partition. Returns how many turns closed.
    ///
    /// @param day which one it is, from 0; each has later times and other messages
    int play(PartitionTurns partition, long day) {
        int turns = 0;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            long at = event.at() + day * DAY;
            if (event.isAnswer()) {
                turns += closed(partition.answer(at, event.conversation, at));
            } else {
                turns += closed(partition.message(
                        event.conversation,
                        day * events.size() + i,
                        at,
                        at(event.message, at, day),
                        event.value,
                        false));
            }
        }
        return turns;
    }

    private static int closed(List<TurnEvent> events) {
        int turns = 0;
        for (TurnEvent event : events) {
            turns += event instanceof TurnEvent.Closed ? 1 : 0;
        }
        return turns;
    }

    private static ParsedMessage at(ParsedMessage message, long at, long day) {
        Instant instant = Instant.ofEpochMilli(at);
        return new ParsedMessage(
                message.id() + day,
                message.conversation(),
                instant,
                instant,
                message.business(),
                message.customer(),
                message.content(),
                message.source(),
                message.raw());
    }

    private static Event message(ConversationKey conversation, long at, int number, Random random) {
        String id = "wamid." + Long.toString(number, Character.MAX_RADIX) + Long.toHexString(random.nextLong());
        ObjectNode raw = Json.object();
        raw.put("from", conversation.customer()).put("id", id).put("timestamp", Long.toString(at / 1000));
        raw.put("type", "text").putObject("text").put("body", TEXTS.get(random.nextInt(TEXTS.size())));
        byte[] value = Json.bytes(new Message(
                id,
                conversation,
                Instant.ofEpochMilli(at),
                SOURCE,
                new Business(conversation.businessNumber(), "15550000001", "100000000000000"),
                new Customer(null, conversation.customer(), "Customer"),
                null,
                raw));
        try {
            return new Event(conversation.toString(), at, (ParsedMessage) InputEvent.of(value), value);
        } catch (UnreadableJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static double logNormal(double median, Random random) {
        return median * StrictMath.exp(SPREAD * random.nextGaussian());
    }
}

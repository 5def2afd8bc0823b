package lull.bridge.notices;

import lull.contract.Channel;
import lull.contract.reply.ReplyContent;
import lull.text.TextSplitter;

/// Texts for agents about replies that were not sent. Pure.
public final class RefusalTexts {

    private static final int QUOTED_CHARACTERS = 60;

    private static final int UNKNOWN_TYPE = 131051;

    private static final int NO_FILE = 131052;

    /// A channel's status for what is too large.
    private static final int TOO_LARGE = 413;

    /// Telegram's status for a customer who has blocked the bot.
    private static final int BLOCKED = 403;

    private RefusalTexts() {}

    /// Returns why a channel did not deliver, by its error code.
    public static String of(Channel channel, int code) {
        if (channel.isWhatsApp() || code == 0) {
            return of(code);
        }
        String why = switch (code) {
            case NO_FILE, 131053 -> channel.title() + " did not take the file";
            case TOO_LARGE -> channel.title() + " did not take it, because it is too large";
            case UNKNOWN_TYPE -> channel.title() + " cannot show this type of message";
            case BLOCKED ->
                channel.kind() == Channel.Kind.TELEGRAM
                        ? "the customer has blocked the bot, or has never written to it"
                        : refused(channel, code);
            default -> refused(channel, code);
        };
        return "Not delivered: " + why + ".";
    }

    private static String refused(Channel channel, int code) {
        return channel.title() + " refused it with code " + code;
    }

    /// Returns why WhatsApp did not deliver, by its error code.
    static String of(int code) {
        String why = switch (code) {
            case 131047 -> "more than 24 hours have passed since the customer wrote last; only a template may be sent";
            case 131064 ->
                "more than 24 hours have passed since the customer wrote last, and the business has reached WhatsApp's"
                        + " limit for texts without a template";
            case 139200 ->
                "more than 24 hours have passed since the customer wrote last, and WhatsApp accepts no texts of the"
                        + " business without a template at present";
            case 132015, 132016 -> "WhatsApp has paused or disabled the template of this text";
            case 131026 -> "WhatsApp cannot reach this customer";
            case 131056 -> "too many messages to this customer in a short time";
            case UNKNOWN_TYPE -> "WhatsApp does not know this type of message";
            case NO_FILE, 131053 -> "WhatsApp did not take the file";
            case 131050 -> "the customer wants no marketing messages of this business";
            case 131049, 130472 -> "WhatsApp does not deliver it to this customer";
            case 130403 -> "the customer is blocked by the business";
            case 130497 -> "WhatsApp does not serve the customer's country";
            case 0 -> "it was to be sent earlier or not at all";
            default -> "WhatsApp refused it with code " + code;
        };
        return "Not delivered: " + why + ".";
    }

    public static String asTemplate() {
        return "Sent as a template, as more than 24 hours have passed since the customer wrote last.";
    }

    public static String unexpected() {
        return "Perhaps not delivered: an unexpected error has happened in Lull.";
    }

    public static String inDoubt(Channel channel) {
        return "Perhaps not delivered: " + channel.title() + " has not confirmed it.";
    }

    /// Returns a text with the beginning of the reply that it is about.
    public static String about(String text, ReplyContent content) {
        return content instanceof ReplyContent.Text said ? text + " \"" + beginning(said.body()) + "\"" : text;
    }

    private static String beginning(String body) {
        String oneLine = body.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= QUOTED_CHARACTERS
                ? oneLine
                : TextSplitter.split(oneLine, QUOTED_CHARACTERS).getFirst() + " …";
    }
}

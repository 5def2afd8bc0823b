package lull.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Channel of a conversation: WhatsApp, or another one whose customers write to the same turns. A
/// conversation on another channel has `<kind>.<name>` in place of the business number, or
/// `<kind>.<name>.<account>` if the channel has several accounts. Immutable.
///
/// @param kind what speaks to the customers
/// @param name as `channels` names it; empty for WhatsApp
/// @param account the account of the business in the channel; empty if it has only one
public record Channel(Kind kind, String name, String account) {

    /// The form of a name in `channels`, as a regular expression.
    public static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    /// The form of an account, as a regular expression.
    public static final String ACCOUNT = "[A-Za-z0-9_-]{1,64}";

    private static final Channel WHATSAPP = new Channel(Kind.WHATSAPP, "", "");

    private static final String OTHERS = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.WHATSAPP)
            .map(Kind::word)
            .collect(Collectors.joining("|", "(", ")"));

    private static final Pattern NUMBER = Pattern.compile(OTHERS + "\\.(" + NAME + ")(?:\\.(" + ACCOUNT + "))?");

    /// The form of a business number: WhatsApp's `phone_number_id`, or that of another channel.
    public static final String BUSINESS_NUMBER = "[0-9]{1,32}|" + NUMBER.pattern();

    private static final Pattern ANY_NUMBER = Pattern.compile(BUSINESS_NUMBER);

    /// What speaks to the customers.
    public enum Kind {
        /// Meta's WhatsApp, by its own API, that of AWS, or another provider that signs as Meta does.
        WHATSAPP("WhatsApp"),
        /// A program of the business that speaks Lull's own JSON.
        JSON(""),
        TELEGRAM("Telegram"),
        /// WhatsApp through z-api.
        Z_API("WhatsApp"),
        /// WhatsApp through the Evolution API.
        EVOLUTION("WhatsApp");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /// What people call it; empty if each channel of this kind has a name of its own.
        public String title() {
            return title;
        }

        /// Its word in settings and in business numbers.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Returns the kind for a word in settings; empty for WhatsApp and for other words.
        public static Optional<Kind> find(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind != WHATSAPP && kind.word().equals(word))
                    .findFirst();
        }
    }

    /// Returns the channel of a business number; WhatsApp for every number that does not name another one.
    public static Channel of(String businessNumber) {
        // Most numbers are WhatsApp's digits.
        if (businessNumber.isEmpty() || Character.isDigit(businessNumber.charAt(0))) {
            return WHATSAPP;
        }
        Matcher number = NUMBER.matcher(businessNumber);
        if (!number.matches()) {
            return WHATSAPP;
        }
        String account = number.group(3);
        return new Channel(Kind.find(number.group(1)).orElseThrow(), number.group(2), account == null ? "" : account);
    }

    /// Returns the channel of a conversation.
    public static Channel of(ConversationKey conversation) {
        return of(conversation.businessNumber());
    }

    /// Whether a text can be a business number, of WhatsApp or of another channel.
    public static boolean isBusinessNumber(String text) {
        return ANY_NUMBER.matcher(text).matches();
    }

    /// Whether it shows WhatsApp's marks, such as `*bold*`.
    public boolean hasMarks() {
        return kind.title().equals(Kind.WHATSAPP.title());
    }

    /// Whether it is WhatsApp as Meta or AWS offers it, with care windows, templates, read receipts and statuses.
    public boolean isWhatsApp() {
        return kind == Kind.WHATSAPP;
    }

    /// Returns what people call it.
    public String title() {
        return kind.title.isEmpty() ? name : kind.title;
    }

    /// Returns what stands in place of the business number in its conversations. Throws
    /// `IllegalStateException` for WhatsApp, whose numbers it does not know.
    public String businessNumber() {
        if (isWhatsApp()) {
            throw new IllegalStateException("WhatsApp has business numbers of its own");
        }
        return kind.word() + "." + name + (account.isEmpty() ? "" : "." + account);
    }

    /// Returns the id under which Lull knows a message of this channel. The channel's own ids are unique in an
    /// account only.
    public String messageId(String ownId) {
        return businessNumber() + "/" + ownId;
    }

    /// Returns the channel's own id of a message; the same id if Lull did not create it.
    public String ownId(String messageId) {
        String prefix = businessNumber() + "/";
        return messageId.startsWith(prefix) ? messageId.substring(prefix.length()) : messageId;
    }
}

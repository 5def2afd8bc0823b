package lull.bridge.outbound.replies;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.WhatsAppSettings;

/// Settings of replies on their way to WhatsApp.
public final class ReplySettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Duration> DOUBT_WAIT = Setting.duration(
            "doubt.wait",
            "60s",
            SECOND,
            HOUR,
            "How long to wait for a WhatsApp status when it is unknown whether a reply was sent. Must be more than"
                    + " lane.session.timeout, which must be more than whatsapp.call.timeout");

    static final Setting<Duration> DOUBT_WAIT_ANSWERED = Setting.duration(
            "doubt.wait.answered",
            "10s",
            Duration.ofMillis(100),
            HOUR,
            "The same, if WhatsApp answered with an error that does not say whether the reply was sent");

    static final Setting<Integer> DOUBT_SENDS = Setting.number(
            "doubt.sends",
            3,
            0,
            100,
            "How many times a reply in doubt (delivery unknown) is sent again; after that the agent reads a" + " note");

    static final Setting<Decision> DOUBT_OF_CHATS = decision(
            "doubt.chats",
            "send",
            "What happens to an agent's reply in doubt: `send` sends it again, `tell` shows the agent a note");

    static final Setting<Decision> DOUBT_OF_OTHERS = decision(
            "doubt.others",
            "tell",
            "The same for templates and for replies of applications. A reply of an application has no agent,"
                    + " so `tell` only counts it");

    static final Setting<Duration> MEDIA_WAIT = Setting.duration(
            "whatsapp.media.wait",
            "5s",
            Duration.ZERO,
            MINUTE,
            "Maximum time that the reply after a file waits for WhatsApp's status `sent` of that file");

    public static final Setting<Integer> RECENT_CUSTOMERS = Setting.number(
            "replies.customers",
            100_000,
            0,
            10_000_000,
            "Number of ids of customers of applications, phone numbers and user ids, that are remembered with their"
                    + " conversations, so that a reply by one id reaches the conversation under the other although the"
                    + " customer has no chat; about 35 MB of heap for each 100,000. Each bridge reads them from Kafka at"
                    + " the start. 0 turns this off");

    static final Setting<Map<String, Fallback.Template>> CARE_TEMPLATES = Setting.of(
            "care.window.templates",
            "",
            "Templates that replace a text after the care window, by business number, such as"
                    + " 106540352242922=follow_up/en_US, separated by commas; `*` means all other numbers. The text"
                    + " becomes the only parameter of the template's body",
            Fallback::templates);

    static final Setting<Integer> CARE_TEMPLATE_CHARACTERS = Setting.number(
            "care.window.template.characters",
            900,
            10,
            1_024,
            "Maximum length of that text in characters; longer texts are shortened. WhatsApp accepts 1,024"
                    + " characters including the template's own words");

    static final Setting<List<String>> CARE_DIRECT = Formats.BUSINESS_NUMBER.ofEach(Setting.list(
            "care.window.direct.send",
            "",
            "Business numbers, separated by commas, that send an agent's text after the care window as a utility message"
                    + " without a template (Direct Send, beta) before care.window.templates apply. Meta must have allowed"
                    + " it for their account; numbers of AWS End User Messaging and other providers are ignored. WhatsApp"
                    + " charges each of these messages, and restricts numbers that send other than utility by it"));

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(
            DOUBT_WAIT,
            DOUBT_WAIT_ANSWERED,
            DOUBT_SENDS,
            DOUBT_OF_CHATS,
            DOUBT_OF_OTHERS,
            MEDIA_WAIT,
            RECENT_CUSTOMERS,
            CARE_TEMPLATES,
            CARE_DIRECT,
            CARE_TEMPLATE_CHARACTERS);

    private ReplySettings() {}

    /// Returns the rules by which replies are sent.
    public static ReplyToWhatsApp.Options options(Settings settings) {
        return new ReplyToWhatsApp.Options(
                settings.get(WhatsAppSettings.MAX_CHARACTERS),
                new DoubtPolicy(
                        settings.get(DOUBT_WAIT),
                        settings.get(DOUBT_WAIT_ANSWERED),
                        settings.get(DOUBT_SENDS),
                        settings.get(DOUBT_OF_CHATS),
                        settings.get(DOUBT_OF_OTHERS)),
                settings.get(MEDIA_WAIT),
                new Fallback(settings.get(CARE_TEMPLATES), settings.get(CARE_TEMPLATE_CHARACTERS)),
                new DirectSend(Set.copyOf(settings.get(CARE_DIRECT))));
    }

    private static Setting<Decision> decision(String name, String byDefault, String description) {
        return Setting.of(name, byDefault, description, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "send" -> Decision.SENT_AGAIN;
            case "tell" -> Decision.TOLD;
            default -> throw new IllegalArgumentException("must be send or tell");
        });
    }
}

package lull.ingress.reply;

import java.util.List;
import java.util.Optional;
import lull.runtime.BearerTokens;
import lull.runtime.CannotStart;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the route for applications, which is part of the ingress.
public final class ReplySettings {

    static final Setting<List<String>> TOKENS = Formats.TOKEN.ofEach(Setting.list(
                    "replies.tokens",
                    "",
                    "Tokens of applications that may request replies, separated by commas. Any of them is accepted,"
                            + " so that they can be rotated. Without tokens POST /replies is closed")
            .secret());

    public static final Setting<Optional<String>> BUSINESS_NUMBER = Formats.BUSINESS_NUMBER.ofOptional(Setting.optional(
            "replies.business.number",
            "phone_number_id of the business number that sends a reply if its request names none"));

    static final Setting<Integer> MAX_BODY_BYTES = Setting.number(
            "replies.max.body.bytes",
            1024 * 1024,
            16 * 1024,
            2 * 1024 * 1024,
            "Maximum size of the body of a request for a reply");

    static final Setting<Integer> KEYS_REMEMBERED = Setting.number(
            "replies.keys.remembered",
            65_536,
            0,
            10_000_000,
            "How many of the latest Idempotency-Keys this process remembers; a different body with a remembered key"
                    + " is answered 409");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(TOKENS, BUSINESS_NUMBER, MAX_BODY_BYTES, KEYS_REMEMBERED);

    private ReplySettings() {}

    public static Replies.Options options(Settings settings) {
        Optional<String> number = settings.get(BUSINESS_NUMBER);
        if (number.isPresent() && !ReplyReader.isBusinessNumber(number.get())) {
            throw new CannotStart(BUSINESS_NUMBER.name() + " must be a phone_number_id, which is digits");
        }
        return new Replies.Options(
                new BearerTokens(settings.get(TOKENS)),
                number,
                settings.get(MAX_BODY_BYTES),
                settings.get(KEYS_REMEMBERED));
    }
}

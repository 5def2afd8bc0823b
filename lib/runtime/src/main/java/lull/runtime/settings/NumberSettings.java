package lull.runtime.settings;

import java.util.List;
import java.util.Optional;

/// Business numbers whose chats and messages have their own settings.
public final class NumberSettings {

    public static final Setting<List<String>> NUMBERS = Formats.BUSINESS_NUMBER.ofEach(Setting.list(
            "connect.numbers",
            "",
            "Business numbers, by WhatsApp's phone number id, that have their own settings, such as"
                    + " `connect.contact.flow.id.<number>` or `whatsapp.access.token.<number>`"));

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(NUMBERS);

    private NumberSettings() {}

    /// Returns the value of a setting for a business number: its own, or else that of all numbers.
    public static <T> T of(Settings settings, String number, Setting<T> setting) {
        return own(settings, number, setting).orElseGet(() -> settings.get(setting));
    }

    /// Returns the value of a setting that is set for one business number; empty if it is not set for
    /// that number.
    public static <T> Optional<T> own(Settings settings, String number, Setting<T> setting) {
        return settings.get(NUMBERS).contains(number) ? settings.get(setting.forNumber(number)) : Optional.empty();
    }
}

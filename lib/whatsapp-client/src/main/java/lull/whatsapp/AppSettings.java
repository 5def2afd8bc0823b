package lull.whatsapp;

import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;

/// Settings of WhatsApp apps that several services read.
public final class AppSettings {

    public static final Setting<List<String>> APPS = Formats.APP.ofEach(Setting.list(
            "whatsapp.apps",
            "",
            "Further WhatsApp apps, separated by commas; names are lower-case letters, digits and hyphens. The"
                    + " webhooks of each app arrive at /webhooks/whatsapp/{app}"));

    public static final Setting<Optional<String>> BUSINESS_NUMBER = Formats.BUSINESS_NUMBER.ofOptional(Setting.optional(
            "replies.business.number",
            "phone_number_id of the business number that sends a reply if its request names none"));

    /// All settings, except those of single apps.
    public static final List<Setting<?>> ALL = List.of(APPS, BUSINESS_NUMBER);

    private AppSettings() {}
}

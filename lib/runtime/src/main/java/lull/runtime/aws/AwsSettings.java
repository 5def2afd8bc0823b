package lull.runtime.aws;

import java.util.List;
import java.util.Locale;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of all clients of AWS.
public final class AwsSettings {

    static final Setting<String> CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "connect.credentials",
            "default",
            "`default` uses the credentials that the AWS SDK finds; `placeholder` uses dummy credentials, for a"
                    + " stand-in that does not check them"));

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(CREDENTIALS);

    private AwsSettings() {}

    /// Whether dummy credentials sign all calls, for a stand-in that does not check them.
    public static boolean usesPlaceholder(Settings settings) {
        String word = settings.get(CREDENTIALS);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "default" -> false;
            case "placeholder" -> true;
            default ->
                throw new IllegalArgumentException(
                        CREDENTIALS.name() + " must be default or placeholder (it is '" + word + "')");
        };
    }
}

package lull.runtime.aws;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of all clients of AWS.
public final class AwsSettings {

    static final Setting<String> CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "connect.credentials",
            "default",
            "`default` uses the credentials that the AWS SDK finds; `placeholder` uses dummy credentials, for a"
                    + " stand-in that does not check them. A business number may have another identity"));

    static final Setting<Optional<URI>> STS_ENDPOINT = Setting.optionalUri(
            "connect.sts.endpoint", "Endpoint of AWS STS, if it is not AWS's own; for roles of business numbers");

    private static final Setting<AwsIdentity> OF_NUMBER = Setting.of(
            CREDENTIALS.name(),
            "default",
            "Identity in AWS that calls Amazon Connect and AWS End User Messaging Social: as for all numbers, or"
                    + " `profile:NAME`, a profile of the AWS SDK, or `role:ARN`, a role that the process assumes",
            AwsIdentity::of);

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(CREDENTIALS, STS_ENDPOINT);

    /// The settings that can also be set for one business number.
    public static final List<Setting<?>> OF_NUMBERS = List.of(OF_NUMBER);

    private AwsSettings() {}

    /// Returns the identity that a business number has of its own; empty if it has that of all numbers.
    public static Optional<AwsIdentity> identity(Settings settings, String number) {
        return NumberSettings.own(settings, number, OF_NUMBER)
                .map(identity -> identity instanceof AwsIdentity.Role role
                        ? new AwsIdentity.Role(role.arn(), settings.get(STS_ENDPOINT))
                        : identity);
    }

    /// The permissions in AWS to assume the roles of business numbers; none if no number has one.
    public static List<AwsRight> rights(Settings settings) {
        List<String> roles = settings.get(NumberSettings.NUMBERS).stream()
                .flatMap(number -> identity(settings, number).stream())
                .filter(AwsIdentity.Role.class::isInstance)
                .map(identity -> ((AwsIdentity.Role) identity).arn())
                .distinct()
                .toList();
        return roles.isEmpty()
                ? List.of()
                : List.of(new AwsRight("AssumeRoles", EnumSet.of(AwsAction.ASSUME_ROLE), roles));
    }

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

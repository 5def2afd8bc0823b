package lull.runtime.aws;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Identity that signs calls of AWS.
public sealed interface AwsIdentity {

    /// What precedes the name of a profile.
    String PROFILE = "profile:";

    /// What precedes the ARN of a role.
    String ROLE = "role:";

    /// The one whose credentials the AWS SDK finds.
    record Usual() implements AwsIdentity {}

    /// Dummy credentials, for a stand-in that does not check them.
    record Placeholder() implements AwsIdentity {}

    /// A profile of the SDK's shared files `config` and `credentials`, which are read again when they change.
    record Profile(String name) implements AwsIdentity {

        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@+-]{1,128}");

        public Profile {
            require(FORM, name);
        }
    }

    /// A role that the process assumes, for an hour at a time.
    ///
    /// @param stsEndpoint of AWS STS, instead of AWS's own
    record Role(String arn, Optional<URI> stsEndpoint) implements AwsIdentity {

        private static final Pattern FORM =
                Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}");

        public Role {
            require(FORM, arn);
        }
    }

    /// Reads an identity as settings have it; throws `IllegalArgumentException` with a message such as
    /// `must be ...`.
    static AwsIdentity of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "default" -> new Usual();
            case "placeholder" -> new Placeholder();
            default ->
                text.startsWith(PROFILE)
                        ? new Profile(text.substring(PROFILE.length()))
                        : new Role(text.startsWith(ROLE) ? text.substring(ROLE.length()) : "", Optional.empty());
        };
    }

    /// Whether it has rights of its own in AWS, not those of the process.
    default boolean isOther() {
        return this instanceof Profile || this instanceof Role;
    }

    private static void require(Pattern form, String name) {
        if (!form.matcher(name).matches()) {
            throw new IllegalArgumentException("must be default, placeholder, profile:NAME or role:ARN, such as"
                    + " role:arn:aws:iam::123456789012:role/lull");
        }
    }
}

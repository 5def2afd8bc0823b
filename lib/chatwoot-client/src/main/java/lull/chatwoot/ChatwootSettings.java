package lull.chatwoot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;

/// Settings of a destination of the kind `chatwoot`, which are those of an inbox: the process that
/// gives it turns and the one that gets its callbacks need them.
public final class ChatwootSettings {

    private ChatwootSettings() {}

    /// All settings of a destination.
    public static List<Setting<?>> ofDestination(String destination) {
        return List.of(
                account(destination),
                inbox(destination),
                token(destination),
                callbackSecrets(destination),
                hold(destination),
                templates(destination),
                reopens(destination));
    }

    /// The account that has the inbox.
    public static Setting<Integer> account(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "account"),
                1,
                1,
                Integer.MAX_VALUE,
                "Number of the account in Chatwoot, which is in the address of its pages; for the kind `chatwoot`");
    }

    /// The inbox's identifier.
    public static Setting<Optional<String>> inbox(String destination) {
        return Setting.optional(
                        DestinationSettings.named(destination, "inbox"),
                        "Identifier of the inbox, which has an API channel; for the kind `chatwoot`. Chatwoot shows it in"
                                + " the inbox's settings. Do not change it: customers would become new contacts")
                .secret();
    }

    /// The token by which the inbox is written to.
    public static Setting<Optional<String>> token(String destination) {
        return Setting.optional(
                        DestinationSettings.named(destination, "token"),
                        "Access token of a user or bot in Chatwoot that may write in the inbox; for the kind `chatwoot`."
                                + " If a file holds it, it is read again when it changes, without a restart")
                .secret();
    }

    /// The secrets by which callbacks are signed.
    public static Setting<List<String>> callbackSecrets(String destination) {
        return Setting.list(
                        DestinationSettings.named(destination, "callback.secrets"),
                        "",
                        "Secrets by which Chatwoot signs what it posts to `/webhooks/chatwoot/NAME` of the ingress,"
                                + " separated by commas; two at a time while they are rotated. Without any, the address is"
                                + " closed; for the kind `chatwoot`")
                .secret();
    }

    /// How long a callback waits for earlier ones.
    public static Setting<Duration> hold(String destination) {
        return Setting.duration(
                DestinationSettings.named(destination, "callback.hold"),
                "400ms",
                Duration.ZERO,
                Duration.ofSeconds(3),
                "How long a message of an agent is held, because one that was written before it may arrive after it;"
                        + " for the kind `chatwoot`, which gives up after five seconds");
    }

    /// Whether customers get what Chatwoot writes by itself.
    public static Setting<Boolean> templates(String destination) {
        return Setting.flag(
                DestinationSettings.named(destination, "templates"),
                false,
                "Whether customers get what Chatwoot writes by itself, such as greetings; for the kind `chatwoot`");
    }

    /// What becomes of a conversation that an agent has ended.
    public static Setting<Boolean> reopens(String destination) {
        return Setting.flag(
                DestinationSettings.named(destination, "reopens"),
                true,
                "Whether a customer who writes again continues the resolved conversation, which Chatwoot opens again."
                        + " If not, a new one begins; for the kind `chatwoot`");
    }
}

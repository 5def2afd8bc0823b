package lull.ingress.chatwoot;

import java.util.ArrayList;
import java.util.List;
import lull.chatwoot.CallbackReader;
import lull.chatwoot.ChatwootSettings;
import lull.ingress.http.AppSecrets;
import lull.ingress.reply.ReplySettings;
import lull.runtime.CannotStart;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.DestinationSettings.Kind;
import lull.runtime.settings.Settings;
import lull.text.TextSettings;

/// Inboxes of Chatwoot whose callbacks an ingress accepts, from its settings. Pure.
public final class ChatwootInboxes {

    private ChatwootInboxes() {}

    /// Returns the inbox of each destination of the kind `chatwoot` that has a secret for its
    /// callbacks. Throws [CannotStart] if one of them has no identifier.
    public static List<ChatwootRoute.Inbox> of(Settings settings) {
        List<ChatwootRoute.Inbox> inboxes = new ArrayList<>();
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            if (settings.get(DestinationSettings.kind(name)) == Kind.CHATWOOT) {
                List<String> secrets = settings.get(ChatwootSettings.callbackSecrets(name));
                if (!secrets.isEmpty()) {
                    inboxes.add(inbox(settings, name, secrets));
                }
            }
        }
        return inboxes;
    }

    private static ChatwootRoute.Inbox inbox(Settings settings, String name, List<String> secrets) {
        return new ChatwootRoute.Inbox(
                name,
                settings.get(ChatwootSettings.inbox(name))
                        .orElseThrow(
                                () -> new CannotStart(
                                        ChatwootSettings.inbox(name).name()
                                                + " is missing; without it no callback of Chatwoot can be related to a customer")),
                new AppSecrets(secrets),
                settings.get(ReplySettings.BUSINESS_NUMBER),
                new CallbackReader(settings.get(ChatwootSettings.templates(name))),
                settings.get(ChatwootSettings.hold(name)),
                settings.get(TextSettings.LIST_BUTTON));
    }
}

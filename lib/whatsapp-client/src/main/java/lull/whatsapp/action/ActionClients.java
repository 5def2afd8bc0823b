package lull.whatsapp.action;

import java.time.Duration;
import java.util.Optional;
import lull.runtime.http.CallSettings;
import lull.runtime.process.ServiceContext;
import lull.whatsapp.GraphClient;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.TokenHosts;
import lull.whatsapp.WhatsAppClients;

/// Clients with which actions are performed.
///
/// @param social of AWS End User Messaging Social; empty if it serves no business number
/// @param hosts from which files may be downloaded with the access token
/// @param transferTimeout of a call that carries a file
public record ActionClients(
        GraphClient graph, Optional<AwsSocialActions> social, TokenHosts hosts, Duration transferTimeout) {

    /// Opens the clients as components of a process.
    public static ActionClients open(ServiceContext context) {
        WhatsAppClients clients = WhatsAppClients.open(context);
        return new ActionClients(
                clients.graph(),
                clients.social().map(AwsSocialActions::new),
                MediaSettings.hosts(context.settings()),
                context.settings().get(CallSettings.TRANSFER_TIMEOUT));
    }
}

package lull.whatsapp;

import java.util.Optional;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;

/// Clients with which a process calls WhatsApp. Each has one connection pool.
///
/// @param social of AWS End User Messaging Social; empty if it serves no business number
public record WhatsAppClients(GraphClient graph, Optional<AwsSocialClients> social) {

    /// Opens the clients as components of a process.
    public static WhatsAppClients open(ServiceContext context) {
        Settings settings = context.settings();
        return new WhatsAppClients(
                context.components().add("WhatsApp", new GraphClient(WhatsAppSettings.graph(settings))),
                SocialSettings.clients(settings)
                        .map(options -> context.components().add("end user messaging", new AwsSocialClients(options))));
    }
}

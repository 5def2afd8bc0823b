package lull.bench.peer;

/// The route that a peer of the ingress serves.
///
/// @param path to which webhooks are posted
/// @param secret with which they are signed
/// @param topic to which their bodies go, by the customer who has written
public record WebhookRoute(String bootstrapServers, String path, String secret, String topic) {}

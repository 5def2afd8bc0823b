package lull.peers;

import lull.bench.peer.WebhookPeer;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;

/// Helidon, which believes every webhook.
public final class Helidon implements WebhookPeer {

    @Override
    public String name() {
        return "helidon";
    }

    @Override
    public int start(WebhookRoute route, Lifecycle components) throws Exception {
        return HelidonServer.start(route, false, components);
    }
}

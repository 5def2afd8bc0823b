package lull.peers;

import lull.bench.peer.WebhookPeer;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;

/// Helidon, which checks the signature of each webhook.
public final class HelidonVerifying implements WebhookPeer {

    @Override
    public String name() {
        return "helidon-verifying";
    }

    @Override
    public int start(WebhookRoute route, Lifecycle components) throws Exception {
        return HelidonServer.start(route, true, components);
    }
}

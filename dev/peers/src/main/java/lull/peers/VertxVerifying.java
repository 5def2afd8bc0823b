package lull.peers;

import lull.bench.peer.WebhookPeer;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;

/// Vert.x, which checks the signature of each webhook.
public final class VertxVerifying implements WebhookPeer {

    @Override
    public String name() {
        return "vertx-verifying";
    }

    @Override
    public int start(WebhookRoute route, Lifecycle components) throws Exception {
        return VertxServer.start(route, true, components);
    }
}

package lull.peers;

import lull.bench.peer.WebhookPeer;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;

/// Vert.x, which believes every webhook.
public final class Vertx implements WebhookPeer {

    @Override
    public String name() {
        return "vertx";
    }

    @Override
    public int start(WebhookRoute route, Lifecycle components) throws Exception {
        return VertxServer.start(route, false, components);
    }
}

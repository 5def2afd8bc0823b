package lull.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import io.vertx.kafka.client.serialization.BufferSerializer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;
import org.apache.kafka.common.serialization.StringSerializer;

/// A server on Vert.x that writes webhooks to Kafka: an event loop for each processor, and one producer for all.
final class VertxServer extends VerticleBase {

    private static final long START_SECONDS = 30;

    /// All event loops listen on the same free port.
    private static final int SHARED_FREE_PORT = -1;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;

    private final WebhookRoute route;
    private final boolean verifies;
    private final WebhookSignature signature;
    private final AtomicInteger port;

    private VertxServer(WebhookRoute route, boolean verifies, AtomicInteger port) {
        this.route = route;
        this.verifies = verifies;
        this.signature = new WebhookSignature(route.secret());
        this.port = port;
    }

    /// Serves; returns the port.
    static int start(WebhookRoute route, boolean verifies, Lifecycle components) throws Exception {
        Vertx vertx = Vertx.vertx();
        components.add("vertx", () -> vertx.close().await(START_SECONDS, TimeUnit.SECONDS));
        AtomicInteger port = new AtomicInteger();
        vertx.deployVerticle(
                        () -> new VertxServer(route, verifies, port),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .await(START_SECONDS, TimeUnit.SECONDS);
        return port.get();
    }

    @Override
    public Future<?> start() {
        KafkaProducer<String, Buffer> producer = KafkaProducer.createShared(
                vertx,
                "webhooks",
                Map.of(
                        "bootstrap.servers", route.bootstrapServers(),
                        "key.serializer", StringSerializer.class.getName(),
                        "value.serializer", BufferSerializer.class.getName(),
                        "acks", "all",
                        "enable.idempotence", "true"));
        Router router = Router.router(vertx);
        router.post(route.path()).handler(BodyHandler.create(false)).handler(context -> handle(context, producer));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(SHARED_FREE_PORT)
                .onSuccess(server -> port.set(server.actualPort()));
    }

    private void handle(RoutingContext context, KafkaProducer<String, Buffer> producer) {
        Buffer body = context.body().buffer();
        if (body == null) {
            context.response().setStatusCode(BAD_REQUEST).end();
            return;
        }
        if (verifies && !signature.isOf(body.getBytes(), context.request().getHeader(WebhookSignature.HEADER))) {
            context.response().setStatusCode(UNAUTHORIZED).end();
            return;
        }
        String customer;
        try {
            customer = customer(body.toJsonObject());
        } catch (RuntimeException e) {
            context.response().setStatusCode(BAD_REQUEST).end();
            return;
        }
        producer.send(KafkaProducerRecord.create(route.topic(), customer, body))
                .onSuccess(_ -> context.response().setStatusCode(OK).end())
                .onFailure(_ -> context.response().setStatusCode(UNAVAILABLE).end());
    }

    private static String customer(JsonObject webhook) {
        return webhook.getJsonArray("entry")
                .getJsonObject(0)
                .getJsonArray("changes")
                .getJsonObject(0)
                .getJsonObject("value")
                .getJsonArray("messages")
                .getJsonObject(0)
                .getString("from");
    }
}

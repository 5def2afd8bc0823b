package lull.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import lull.bench.peer.WebhookRoute;
import lull.runtime.Lifecycle;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A server on Helidon that writes webhooks to Kafka: a virtual thread for each request, which waits until Kafka has
/// acknowledged it.
///
/// @param verifies whether it checks signatures
record HelidonServer(
        WebhookRoute route,
        boolean verifies,
        WebhookSignature signature,
        Producer<String, byte[]> producer,
        ObjectMapper json) {

    private static final HeaderName SIGNATURE = HeaderNames.create(WebhookSignature.HEADER);

    /// Serves; returns the port.
    static int start(WebhookRoute route, boolean verifies, Lifecycle components) {
        Producer<String, byte[]> producer = components.add(
                "producer",
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                route.bootstrapServers(),
                                "acks",
                                "all",
                                "enable.idempotence",
                                "true"),
                        new StringSerializer(),
                        new ByteArraySerializer()));
        HelidonServer handler =
                new HelidonServer(route, verifies, new WebhookSignature(route.secret()), producer, new ObjectMapper());
        WebServer server = WebServer.builder()
                .port(0)
                .routing(routing -> routing.post(route.path(), handler::handle))
                .build()
                .start();
        components.add("helidon", server::stop);
        return server.port();
    }

    private void handle(ServerRequest request, ServerResponse response) throws Exception {
        byte[] body = request.content().as(byte[].class);
        if (verifies && !signature.isOf(body, request.headers().first(SIGNATURE).orElse(null))) {
            response.status(Status.UNAUTHORIZED_401).send();
            return;
        }
        String customer;
        try {
            customer = customer(json.readTree(body));
        } catch (IOException | RuntimeException e) {
            response.status(Status.BAD_REQUEST_400).send();
            return;
        }
        try {
            producer.send(new ProducerRecord<>(route.topic(), customer, body)).get();
            response.status(Status.OK_200).send();
        } catch (ExecutionException e) {
            response.status(Status.SERVICE_UNAVAILABLE_503).send();
        }
    }

    private static String customer(JsonNode webhook) {
        return webhook.required("entry")
                .required(0)
                .required("changes")
                .required(0)
                .required("value")
                .required("messages")
                .required(0)
                .required("from")
                .asText();
    }
}

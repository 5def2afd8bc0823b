package lull.local.trypage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;

/// HTTP client of the page for the services and stand-ins beside it. Safe for several threads.
final class Neighbours implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 110 << 20;

    private final BoundedHttpClient client = new BoundedHttpClient(DEADLINE);

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), DEADLINE, MAX_BYTES);
    }

    /// Returns the JSON at an address; throws if the answer is another one.
    JsonNode json(URI address) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(address));
    }

    JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new IOException("The answer is " + answer.statusCode());
        }
        try {
            return Json.tree(answer.body());
        } catch (UnreadableJson e) {
            throw new IOException("The answer is not JSON", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import lull.standins.http.ControlClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MediaTest {
    private final Line line = new Line(options -> options);

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void whatIsUploadedCanBeLookedUpAndFetchedForFiveMinutes() {
        JsonNode medium = lookUp(upload("local-token"));
        assertThat(medium.get("mime_type").asText()).isEqualTo("text/plain");
        assertThat(medium.get("file_size").asInt()).isEqualTo(5);
        assertThat(medium.get("sha256").asText())
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        String url = medium.get("url").asText();
        assertThat(get(url, "local-token").body()).isEqualTo("hello");
        assertThat(get(url, "wrong").statusCode()).isEqualTo(401);
        line.clock.advance(Duration.ofMinutes(5));
        assertThat(get(url, "local-token").statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedMediumIsGone() {
        String id = ControlClient.json(upload("local-token")).get("id").asText();
        HttpResponse<String> deleted =
                line.control.send(line.request("/v24.0/" + id, "local-token").DELETE());
        assertThat(deleted.body()).isEqualTo("{\"success\":true}");
        HttpResponse<String> answer = line.control.send(line.request("/v24.0/" + id, "local-token"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ControlClient.json(answer).at("/error/message").asText()).contains(id);
    }

    @Test
    void anUploadNeedsTheTokenAndAFile() {
        assertThat(upload("wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = line.control.send(line.request("/v24.0/1/media", "local-token")
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofString("--xyz--\r\n")));
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void whatACustomersPhoneSendsCanBeFetchedByTheBusiness() {
        JsonNode sent = ControlClient.json(
                line.control.send(HttpRequest.newBuilder(line.standIn.uri().resolve("/_phone/media"))
                        .header("Content-Type", "image/png")
                        .POST(HttpRequest.BodyPublishers.ofString("hello"))));

        assertThat(sent.get("sha256").asText()).isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        assertThat(sent.get("mime_type").asText()).isEqualTo("image/png");
        JsonNode medium = ControlClient.json(
                line.control.send(line.request("/v24.0/" + sent.get("id").asText(), "local-token")));
        assertThat(get(medium.get("url").asText(), "local-token").body()).isEqualTo("hello");
    }

    @Test
    void downloadsFailAndAreCorruptedOnDemand() {
        String url = lookUp(upload("local-token")).get("url").asText();
        line.control.post("/_faults", "{\"target\":\"download\",\"status\":404}");
        line.control.post("/_faults", "{\"target\":\"media.corrupt\"}");

        assertThat(get(url, "local-token").statusCode()).isEqualTo(404);
        assertThat(get(url, "local-token").body()).isEqualTo("iello");
        assertThat(get(url, "local-token").body()).isEqualTo("hello");
    }

    private HttpResponse<String> upload(String token) {
        String form = """
                --xyz
                Content-Disposition: form-data; name="messaging_product"

                whatsapp
                --xyz
                Content-Disposition: form-data; name="file"; filename="a.txt"
                Content-Type: text/plain

                hello
                --xyz--
                """.replace("\n", "\r\n");
        return line.control.send(line.request("/v24.0/" + Line.NUMBER + "/media", token)
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private JsonNode lookUp(HttpResponse<String> uploaded) {
        String id = ControlClient.json(uploaded).get("id").asText();
        return ControlClient.json(line.control.send(line.request("/v24.0/" + id, "local-token")));
    }

    private HttpResponse<String> get(String url, String token) {
        return line.control.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token));
    }
}

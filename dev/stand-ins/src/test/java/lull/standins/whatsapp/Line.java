package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import lull.standins.http.AdjustableClock;
import lull.standins.http.ControlClient;

/// A Graph stand-in and somebody who calls it as a business does.
final class Line implements AutoCloseable {
    static final String NUMBER = "106540352242922";

    final AdjustableClock clock = new AdjustableClock();
    final GraphStandIn standIn;
    final ControlClient control;

    Line(UnaryOperator<GraphStandIn.Options> setUp) {
        standIn = GraphStandIn.start(setUp.apply(GraphStandIn.Options.defaults().withClock(clock)));
        control = new ControlClient(standIn.uri());
    }

    HttpResponse<String> post(String body) {
        return post("local-token", body);
    }

    HttpResponse<String> post(String token, String body) {
        return control.send(request("/v24.0/" + NUMBER + "/messages", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(standIn.uri().resolve(path)).header("Authorization", "Bearer " + token);
    }

    String sent(String body) {
        HttpResponse<String> answer = post(body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return ControlClient.json(answer).at("/messages/0/id").asText();
    }

    static String text(String text) {
        return """
                {"messaging_product":"whatsapp","to":"+49 171 5550100","type":"text",
                 "text":{"body":"%s"},"biz_opaque_callback_data":"1|r7|c"}""".formatted(text);
    }

    JsonNode received() {
        return control.get("/_phone/messages");
    }

    @Override
    public void close() {
        control.close();
        standIn.close();
    }
}

package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;

/// What WhatsApp's Graph API knows of business numbers.
public final class GraphNumbers implements AutoCloseable {

    private static final String WHATSAPP = "WhatsApp";
    private static final int BAD_TOKEN = 190;

    private final GraphSender.Options options;
    private final BoundedHttpClient http;

    public GraphNumbers(GraphSender.Options options) {
        this.options = options;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    /// Asks for a number with the configured token: a call that changes nothing.
    public CheckResult look(String businessNumber) throws InterruptedException {
        Optional<String> authorization = options.authorization(businessNumber);
        if (authorization.isEmpty()) {
            return CheckResult.wrong(
                    WHATSAPP, options.withoutToken(businessNumber).reason());
        }
        HttpRequest request = HttpRequest.newBuilder(
                        options.number(businessNumber, "display_phone_number,quality_rating"))
                .header("Authorization", authorization.get())
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, options.callTimeout(), BoundedHttpClient.JSON_BYTES);
            String setting = options.access().of(businessNumber).setting();
            return finding(businessNumber, setting, response.statusCode(), Json.tree(response.body()));
        } catch (IOException e) {
            return CheckResult.wrong(
                    WHATSAPP,
                    "It cannot be reached at " + options.endpoint() + ": "
                            + e.getClass().getSimpleName());
        } catch (UnreadableJson e) {
            return CheckResult.wrong(WHATSAPP, "The server at " + options.endpoint() + " is not the Graph API");
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private static CheckResult finding(String businessNumber, String setting, int status, JsonNode answer) {
        String about = "The business number " + businessNumber;
        if (status == 200) {
            return CheckResult.well(
                    WHATSAPP,
                    about + " is " + answer.path("display_phone_number").asText("there") + ", quality "
                            + answer.path("quality_rating").asText("UNKNOWN"));
        }
        int code = answer.path("error").path("code").asInt();
        return CheckResult.wrong(
                WHATSAPP,
                about + " cannot be read: WhatsApp answered " + status + ", code " + code
                        + (code == BAD_TOKEN
                                ? ": " + setting + " is invalid or has expired"
                                : ": is it a phone_number_id that " + setting + " may use?"));
    }
}

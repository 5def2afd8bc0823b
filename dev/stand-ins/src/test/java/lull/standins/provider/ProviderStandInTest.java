package lull.standins.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import lull.contract.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderStandInTest {

    private static final String TEXT = "{'phone':'15550001001','number':'15550001001','message':'Hi','text':'Hi'}";

    private final ProviderStandIn provider = ProviderStandIn.start("127.0.0.1", 0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        provider.close();
    }

    @Test
    void answersAsEachProvider() throws Exception {
        HttpResponse<String> zApi = post(provider.zApiUrl(), "send-text", "Client-Token", ProviderStandIn.KEY, TEXT);
        HttpResponse<String> evolution = post(provider.evolutionUrl(), "sendText", "apikey", ProviderStandIn.KEY, TEXT);

        assertThat(zApi.statusCode()).isEqualTo(200);
        assertThat(zApi.body())
                .isEqualTo("{\"zaapId\":\"Z3EB000000001\",\"messageId\":\"3EB000000001\",\"id\":\"3EB000000001\"}");
        assertThat(evolution.statusCode()).isEqualTo(201);
        assertThat(Json.tree(evolution.body().getBytes(StandardCharsets.UTF_8))
                        .at("/key/id")
                        .asText())
                .isEqualTo("3EB000000002");
        assertThat(messages("15550001001").findValuesAsText("path"))
                .containsExactly("/instances/3C0FFEE/token/7E57/send-text", "/message/sendText/3C0FFEE");
        assertThat(messages("15550001002")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        z-api     ~ send-text         ~ wrong        ~ {'phone':'1','message':'Hi'}                     ~ 403
        z-api     ~ send-fax          ~ provider-key ~ {'phone':'1','message':'Hi'}                     ~ 404
        z-api     ~ send-document     ~ provider-key ~ {'phone':'1','document':'x'}                     ~ 404
        z-api     ~ send-document/pdf ~ provider-key ~ {'phone':'1','document':'https://a.example/1'}   ~ 200
        z-api     ~ send-document/pdf ~ provider-key ~ {'phone':'1','document':'x'}                     ~ 400
        z-api     ~ send-text         ~ provider-key ~ {'phone':'1','message':''}                       ~ 400
        z-api     ~ send-text         ~ provider-key ~ {'message':'Hi'}                                 ~ 400
        z-api     ~ send-text         ~ provider-key ~ no                                               ~ 400
        evolution ~ sendText          ~ wrong        ~ {'number':'1','text':'Hi'}                       ~ 401
        evolution ~ sendFax           ~ provider-key ~ {'number':'1','text':'Hi'}                       ~ 404
        evolution ~ sendText          ~ provider-key ~ {'number':'1'}                                   ~ 400
        evolution ~ sendText          ~ provider-key ~ {'number':'15550000000','text':'Hi'}             ~ 400
        evolution ~ sendLocation      ~ provider-key ~ {'number':'1','latitude':1,'longitude':2}        ~ 400
        """)
    void refusesWhatTheyRefuse(String api, String method, String key, String body, int status) throws Exception {
        HttpResponse<String> answer = api.equals("z-api")
                ? post(provider.zApiUrl(), method, "Client-Token", key, body)
                : post(provider.evolutionUrl(), method, "apikey", key, body);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void playsFaults() throws Exception {
        control("{'target':'z-api','status':429,'code':'7','about':'Hi'}");
        control("{'target':'evolution','status':400,'takesEffect':true,'message':'Timed Out'}");

        HttpResponse<String> zApi = post(provider.zApiUrl(), "send-text", "Client-Token", ProviderStandIn.KEY, TEXT);
        assertThat(zApi.statusCode()).isEqualTo(429);
        assertThat(zApi.headers().firstValue("Retry-After")).contains("7");
        assertThat(messages("15550001001")).isEmpty();

        HttpResponse<String> evolution = post(provider.evolutionUrl(), "sendText", "apikey", ProviderStandIn.KEY, TEXT);
        assertThat(evolution.statusCode()).isEqualTo(400);
        assertThat(evolution.body()).contains("\"message\":[\"Error: Timed Out\"]");
        assertThat(messages("15550001001")).hasSize(1);
    }

    private void control(String fault) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(provider.uri().resolve("/_faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault.replace('\'', '"')))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
    }

    private JsonNode messages(String to) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(provider.uri().resolve("/_messages?to=" + to))
                .build();
        return Json.tree(
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private HttpResponse<String> post(String url, String method, String header, String key, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.replace("{method}", method)))
                .header(header, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

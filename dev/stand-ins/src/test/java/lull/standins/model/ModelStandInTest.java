package lull.standins.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelStandInTest {

    private static final String STRICT =
            "{'type':'json_schema','json_schema':{'name':'answer','strict':true,'schema':{'type':'object','properties':"
                    + "{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}}}";

    private final ModelStandIn model = ModelStandIn.start("127.0.0.1", 0, "key");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        model.close();
    }

    @Test
    void answersByItsRulesAndCountsTokens() throws Exception {
        HttpResponse<String> response = post("key", request(STRICT, "Where is order 17?"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"finish_reason\":\"stop\"", "Order 17 arrives tomorrow.", "\"completion_tokens\":");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "additionalProperties':false | additionalProperties':true  | additionalProperties",
                "'required':['a']            | 'required':[]               | every key",
                "'strict':true               | 'strict':false              | strict",
                "'type':'string'             | 'type':'string','minLength':1 | minLength",
                "json_schema'                | text'                       | JSON only"
            })
    void refusesSchemasThatAreNotStrict(String of, String instead, String words) throws Exception {
        HttpResponse<String> response = post("key", request(STRICT.replace(of, instead), "Hi"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(words);
    }

    @Test
    void refusesAnotherKey() throws Exception {
        assertThat(post("other", request(STRICT, "Hi")).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesWhatIsNoRequest() throws Exception {
        assertThat(post("key", "[]").statusCode()).isEqualTo(400);
        assertThat(post("key", "{}").statusCode()).isEqualTo(400);
        assertThat(post("key", "{\"model\":\"m\",\"messages\":[]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void playsFaultsAndListsRequests() throws Exception {
        control(
                "{\"target\":\"completions\",\"status\":429,\"code\":\"rate_limit_exceeded\",\"message\":\"Retry-After: 7\"}");

        HttpResponse<String> refused = post("key", request(STRICT, "Hi"));
        HttpResponse<String> answered = post("key", request(STRICT, "Hi"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
        assertThat(answered.statusCode()).isEqualTo(200);
        HttpRequest list = HttpRequest.newBuilder(model.uri().resolve("/_requests?about=Hi"))
                .build();
        assertThat(client.send(list, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"model\":\"m\"");
    }

    private void control(String fault) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(model.uri().resolve("/_faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(201);
    }

    private static String request(String format, String text) {
        return ("{'model':'m','response_format':" + format
                        + ",'messages':[{'role':'system','content':'JSON'},{'role':'user','content':'{@text@}'}]}")
                .replace('\'', '"')
                .replace("{@text@}", "{\\\"text\\\":\\\"" + text + "\\\"}");
    }

    private HttpResponse<String> post(String key, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(model.uri() + "/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

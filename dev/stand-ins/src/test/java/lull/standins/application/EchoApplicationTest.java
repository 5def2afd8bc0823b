package lull.standins.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoApplicationTest {

    private final EchoApplication echo = EchoApplication.start("127.0.0.1", 0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        echo.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Hello\\nyou?|{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"You wrote: Hello\\nyou?\"}}]}",
                "~~|{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"I read text only\"}}]}",
                "A Person, please|{\"handover\":{\"reason\":\"The customer asks for a person\"}}"
            })
    void repeatsATurnOrHandsItOver(String text, String answer) throws Exception {
        HttpResponse<String> response = post(turn("turn_1", text));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no", "[]", "{}", "{\"data\":{\"id\":\"turn_1\",\"text\":1}}", "{\"data\":{\"text\":\"Hi\"}}"
            })
    void refusesWhatIsNoTurn(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void hasNoOtherRoute() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(echo.uri().resolve("/other")).build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"target\":\"turns\",\"status\":503}|503|0",
                "{\"target\":\"turns\",\"status\":500,\"takesEffect\":true}|500|1",
                "{\"target\":\"turns\",\"delayMillis\":1}|200|1",
            })
    void failsAsItIsTold(String fault, int status, int times) throws Exception {
        assertThat(post("/_faults", fault).statusCode()).isEqualTo(201);

        assertThat(post(turn("turn_1", "Hello")).statusCode()).isEqualTo(status);

        assertThat(turns("")).isEqualTo(times == 0 ? "[]" : "[" + taken("turn_1", 1) + "]");
    }

    @Test
    void tellsWhatItHasTakenAndHowOften() throws Exception {
        post(turn("turn_1", "Hello"));
        post(turn("turn_2", "Hello"));
        post(turn("turn_1", "Hello"));

        assertThat(turns("?customer=15550001001")).isEqualTo("[" + taken("turn_1", 2) + "," + taken("turn_2", 1) + "]");
        assertThat(turns("?customer=15550001002")).isEqualTo("[]");
    }

    @Test
    void breaksOffAnAnswer() throws Exception {
        post("/_faults", "{\"target\":\"turns\",\"reset\":true}");

        assertThatThrownBy(() -> post(turn("turn_1", "Hello"))).isInstanceOf(IOException.class);
        assertThat(turns("")).isEqualTo("[" + taken("turn_1", 1) + "]");
    }

    private static String taken(String id, int times) {
        return "{\"id\":\"" + id + "\",\"times\":" + times + ",\"customer\":\"15550001001\",\"text\":\"Hello\"}";
    }

    private static String turn(String id, String text) {
        return "{\"type\":\"turn.closed\",\"data\":{\"id\":\"" + id
                + "\",\"customer\":{\"phone\":\"15550001001\"},\"text\":\"" + text + "\"}}";
    }

    private String turns(String query) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(echo.uri().resolve("/_turns" + query)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("/turns", body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(echo.uri().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

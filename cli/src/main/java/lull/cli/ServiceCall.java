package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Setting;

/// Call of the HTTP API of a process of Lull, with a token.
///
/// @param process its name, such as `aggregator`
/// @param url the address of the API
/// @param tokens of which the first is sent, separated by commas
/// @param isPlain whether the token may be sent to another machine without TLS
/// @param limit how long the whole call may take
/// @param maxBytes of the answer
record ServiceCall(
        String process, URI url, String tokens, boolean isPlain, TlsClient tls, Duration limit, int maxBytes) {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /// Returns a request for a path, with the token.
    HttpRequest.Builder request(String path) {
        return request(url.resolve(path), tokens, "LULL_" + process.toUpperCase(Locale.ROOT) + "_TOKENS");
    }

    /// Returns a request with a token. Throws [CannotStart] if a header cannot have it.
    ///
    /// @param tokens of which the first is sent, separated by commas
    /// @param variable the environment variable that lists them
    static HttpRequest.Builder request(URI address, String tokens, String variable) {
        String first = Setting.words(tokens).stream().findFirst().orElse("");
        if (!BearerTokens.isToken(first)) {
            throw new CannotStart(
                    "The token must be one line of visible ASCII characters without blanks: set --token or "
                            + variable);
        }
        return HttpRequest.newBuilder(address).header("Authorization", BearerTokens.header(first));
    }

    /// Throws [CannotStart] if others could read a token on its way to an address.
    ///
    /// @param isPlain whether it may be sent to another machine without TLS
    static void checkTls(URI url, boolean isPlain) {
        if (!isPlain && !"https".equals(url.getScheme()) && !LocalHost.isAt(url)) {
            throw new CannotStart("The token is not sent to " + url + " without TLS, because anyone on the network"
                    + " between could read it: use https, run the command on that machine, or use --plain in a"
                    + " network that nobody else can read");
        }
    }

    /// Returns the answer. Throws [WrongRequest] with the process's own message if it finds the request wrong, and
    /// [CannotStart] with it if it reports another error.
    byte[] send(HttpRequest.Builder request) throws InterruptedException {
        checkTls(url, isPlain);
        try (BoundedHttpClient client = tls.client(CONNECT_LIMIT)) {
            HttpResponse<byte[]> response = client.send(request.build(), limit, maxBytes);
            if (response.statusCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
                throw new WrongRequest(error(response));
            }
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new CannotStart(error(response));
            }
            return response.body();
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new CannotStart("No " + process + " answers at " + url + ": give the address of one with --url", e);
        } catch (HttpTimeoutException e) {
            throw new CannotStart(
                    "The " + process + " at " + url + " has not answered within " + Durations.text(limit)
                            + ". It may still be at work: try again later",
                    e);
        } catch (SSLException e) {
            throw new CannotStart(TlsClient.problem(url, e), e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The answer of " + url + " did not arrive, or is none of an " + process + " ("
                            + e.getClass().getSimpleName() + "): give the address of one with --url, with https if "
                            + process + ".tls.keystore is set",
                    e);
        }
    }

    private String error(HttpResponse<byte[]> response) {
        try {
            JsonNode answer = Json.tree(response.body());
            StringBuilder reason = new StringBuilder(answer.path("error").asText(""));
            if (reason.isEmpty()) {
                return "The " + process + " answered " + response.statusCode();
            }
            answer.path("problems")
                    .forEach(problem ->
                            reason.append(System.lineSeparator()).append("  - ").append(problem.asText()));
            String advice = answer.path("advice").asText("");
            if (answer.path("result").isObject()) {
                reason.append(System.lineSeparator()).append("  ").append(Json.text(answer.path("result")));
            }
            return advice.isEmpty() ? reason.toString() : reason + System.lineSeparator() + advice;
        } catch (UnreadableJson e) {
            return "The " + process + " answered " + response.statusCode();
        }
    }

    @Override
    public String toString() {
        return "ServiceCall[" + process + " at " + url + "]";
    }
}

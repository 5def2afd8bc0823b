package lull.applications.http;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;

/// Check whether an application over HTTP answers, by a HEAD request. Most applications answer it with 405,
/// which shows all the same that address, network and certificate are right.
public final class HttpApplicationCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Options options;

    /// What is checked.
    ///
    /// @param about what the result is about, in a word
    /// @param name of the application's destination
    /// @param url to which turns are posted
    /// @param setting the name of the setting with the URL
    public record Options(String about, String name, URI url, String setting) {}

    private HttpApplicationCheck(Options options) {
        this.options = options;
    }

    /// Asks the application. Its answer is not read.
    public static CheckResult of(BoundedHttpClient client, Options options) throws InterruptedException {
        return new HttpApplicationCheck(options).ask(client);
    }

    private CheckResult ask(BoundedHttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(options.url)
                .header("User-Agent", "Lull")
                .method("HEAD", BodyPublishers.noBody())
                .build();
        try {
            return answered(
                    client.send(request, LIMIT, BoundedHttpClient.JSON_BYTES).statusCode());
        } catch (SSLException e) {
            return wrong(" cannot be called securely (" + e.getMessage()
                    + "): replace its certificate, or let the JVM trust it");
        } catch (IOException e) {
            return isUnknownHost(e)
                    ? wrong(" cannot be reached, because its host is not known: correct " + options.setting
                            + ", or DNS")
                    : wrong(" does not answer (" + e.getClass().getSimpleName()
                            + "): start it, let this machine reach it, or correct " + options.setting);
        }
    }

    private CheckResult answered(int status) {
        return switch (status) {
            case 502, 503, 504 -> wrong(" answers " + status + ": no instance of it is running");
            default -> CheckResult.well(options.about, options.name + " at " + options.url + " answers");
        };
    }

    private static boolean isUnknownHost(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private CheckResult wrong(String words) {
        return CheckResult.wrong(options.about, options.name + " at " + options.url + words);
    }
}

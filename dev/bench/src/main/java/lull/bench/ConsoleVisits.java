package lull.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// An operator who opens pages of the console, one after the other. For one thread.
final class ConsoleVisits implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI console;
    private final String token;
    private final int visits;
    private final HttpClient browser;

    /// How long a page took.
    record Times(Duration median, Duration p99) {}

    /// @param token of the operator
    /// @param visits how often each page is opened
    ConsoleVisits(int port, String token, int visits) {
        this.console = URI.create("http://127.0.0.1:" + port + "/");
        this.token = token;
        this.visits = visits;
        this.browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .connectTimeout(PATIENCE)
                .build();
    }

    /// Signs in, opens each page often, and returns how long it took. Throws `IOException` if a page is none.
    Map<String, Times> pages(ArchiveAnswers archive) throws IOException, InterruptedException {
        signIn();
        Map<String, Supplier<String>> pages = new LinkedHashMap<>();
        pages.put("Now", () -> "");
        pages.put("Conversations", () -> "conversations");
        pages.put("Conversations of a number", () -> "conversations?number=" + archive.number());
        pages.put("A conversation", () -> "conversations/" + encoded(archive.conversation()));
        pages.put("Search", () -> "conversations?words=" + encoded("parcel " + archive.word()));
        pages.put("A journey", () -> "journeys?id=" + encoded(archive.message()));
        pages.put("Dead letters", () -> "dead-letters");
        pages.put("Settings", () -> "settings");
        Map<String, Times> times = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<String>> page : pages.entrySet()) {
            times.put(page.getKey(), times(page.getValue()));
        }
        return times;
    }

    private Times times(Supplier<String> page) throws IOException, InterruptedException {
        // The first ones compile.
        for (int warm = 0; warm < Math.max(1, visits / 5); warm++) {
            open(page.get());
        }
        long[] nanos = new long[visits];
        for (int visit = 0; visit < visits; visit++) {
            String path = page.get();
            long start = System.nanoTime();
            open(path);
            nanos[visit] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return new Times(
                Duration.ofNanos(nanos[visits / 2]), Duration.ofNanos(nanos[Math.min(visits - 1, visits * 99 / 100)]));
    }

    private void open(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(console.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The page " + path + " answered " + answer.statusCode());
        }
    }

    private void signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(console.resolve("sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString("key=" + encoded(token)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 303) {
            throw new IOException("The console refused its operator with " + answer.statusCode());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        browser.close();
    }
}

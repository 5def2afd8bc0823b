package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.runtime.http.BoundedHttpClient;
import org.jspecify.annotations.Nullable;

/// Files by WhatsApp's Graph API: a look-up by the file's id gives an address that is good for five minutes, which
/// takes the same access token. See "Media" in the reference of the WhatsApp Cloud API.
public final class WhatsAppFiles implements MediaSource, AutoCloseable {

    private static final int OK = 200;
    private static final String UNTYPED = "application/octet-stream";

    private final Options options;
    private final WhatsAppMetrics metrics;
    private final BoundedHttpClient http;

    /// Where the Graph API is and how it is called.
    ///
    /// @param hosts where files may be fetched from, as the token goes there
    /// @param callTimeout of a look-up
    /// @param downloadTimeout of a whole download
    /// @param maxBytes of a file
    public record Options(
            URI endpoint,
            TokenHosts hosts,
            GraphAccess access,
            Duration connectTimeout,
            Duration callTimeout,
            Duration downloadTimeout,
            long maxBytes) {}

    /// What the look-up says of a file.
    private record Found(URI url, String mimeType, @Nullable String sha256, long bytes) {}

    /// A look-up or a download that did not give what it should.
    private static final class NotFetched extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fetched instead;

        NotFetched(Fetched instead) {
            super(instead.toString(), null, false, false);
            this.instead = instead;
        }
    }

    /// A source with connections of its own.
    public WhatsAppFiles(Options options, WhatsAppMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    @Override
    public Fetched fetch(Content.Media media, String businessNumber, Path into) throws InterruptedException {
        long start = System.nanoTime();
        Fetched fetched = fetchOrNot(media, businessNumber, into);
        metrics.mediaFetched(fetched.word(), Duration.ofNanos(System.nanoTime() - start));
        return fetched;
    }

    @Override
    public void close() {
        http.close();
    }

    private Fetched fetchOrNot(Content.Media media, String businessNumber, Path into) throws InterruptedException {
        try {
            Optional<String> token = options.access().of(businessNumber).token().get();
            if (token.isEmpty()) {
                return new Fetched.NotNow("There is no access token for business number " + businessNumber);
            }
            Found found = lookUp(media.mediaId(), businessNumber, token.get());
            if (found.bytes() > options.maxBytes()) {
                return new Fetched.Refused(MediaProblem.TOO_LARGE);
            }
            download(found.url(), token.get(), into);
            return check(media, found, into);
        } catch (NotFetched e) {
            return e.instead;
        } catch (IOException e) {
            return new Fetched.NotNow("A file cannot be stored: " + e.getClass().getSimpleName());
        }
    }

    private Found lookUp(String mediaId, String businessNumber, String token) throws NotFetched, InterruptedException {
        URI address = URI.create(withoutSlash(options.endpoint()) + "/"
                + options.access().of(businessNumber).version() + "/" + encoded(mediaId) + "?phone_number_id="
                + encoded(businessNumber));
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request(address, token), options.callTimeout(), BoundedHttpClient.JSON_BYTES);
        } catch (IOException e) {
            throw failed(e);
        }
        JsonNode tree = tree(answer.body());
        if (answer.statusCode() != OK) {
            throw new NotFetched(refusal(answer.statusCode(), tree));
        }
        String url = tree.path("url").asText("");
        if (url.isEmpty()) {
            throw new NotFetched(new Fetched.NotNow("WhatsApp returned no URL for a file"));
        }
        URI allowed = options.hosts()
                .address(url)
                .orElseThrow(() -> new NotFetched(new Fetched.NotNow(
                        "WhatsApp returned a URL for a file that the access token may not be sent to: add its"
                                + " host to whatsapp.media.hosts if it belongs to WhatsApp")));
        return new Found(
                allowed,
                withoutParameters(tree.path("mime_type").asText(UNTYPED)),
                tree.path("sha256").asText(null),
                tree.path("file_size").asLong(0));
    }

    /// 400 and 404 of a look-up mean that there is no such file; other refusals are about us, or pass.
    private static Fetched refusal(int status, JsonNode tree) {
        int code = tree.path("error").path("code").asInt(0);
        return (status == 400 || status == 404) && code == 100
                ? new Fetched.Refused(MediaProblem.GONE)
                : new Fetched.NotNow("WhatsApp answered the look-up of a file with " + status + ", code " + code);
    }

    private void download(URI address, String token, Path into) throws NotFetched, InterruptedException {
        HttpResponse<Path> answer;
        try {
            answer = http.download(request(address, token), options.downloadTimeout(), options.maxBytes(), into);
        } catch (IOException e) {
            throw failed(e);
        }
        if (answer.statusCode() != OK) {
            // The address may have become too old; the next attempt looks it up again.
            throw new NotFetched(
                    new Fetched.NotNow("WhatsApp answered the download of a" + " file with " + answer.statusCode()));
        }
    }

    private Fetched check(Content.Media media, Found found, Path file) throws IOException {
        long bytes = Files.size(file);
        boolean isWhole = found.bytes() == 0 || found.bytes() == bytes;
        return isWhole && bytes > 0 && Sha256Check.is(file, media.sha256(), found.sha256())
                ? new Fetched.Here(found.mimeType(), bytes)
                : new Fetched.Refused(MediaProblem.DAMAGED);
    }

    private static HttpRequest request(URI address, String token) {
        return HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", "Lull")
                .GET()
                .build();
    }

    private static NotFetched failed(IOException failure) {
        return new NotFetched(new Fetched.NotNow(
                failure instanceof HttpTimeoutException
                        ? "The download of a file from WhatsApp timed out"
                        : "A file could not be downloaded from WhatsApp: "
                                + failure.getClass().getSimpleName()));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UnreadableJson e) {
            return Json.object();
        }
    }

    private static String withoutParameters(String mimeType) {
        int end = mimeType.indexOf(';');
        return (end < 0 ? mimeType : mimeType.substring(0, end)).strip();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String withoutSlash(URI endpoint) {
        String text = endpoint.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}

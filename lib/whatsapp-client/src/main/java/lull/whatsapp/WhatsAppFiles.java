package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lull.contract.message.Content;
import org.jspecify.annotations.Nullable;

/// [MediaSource] by WhatsApp's Graph API: a look-up by the file's id returns an address that is valid
/// for five minutes and requires the same access token. See "Media" in the reference of the WhatsApp
/// Cloud API.
public final class WhatsAppFiles implements MediaSource {

    private static final String UNTYPED = "application/octet-stream";

    private final GraphClient graph;
    private final Options options;
    private final WhatsAppMetrics metrics;

    /// Options of downloads.
    ///
    /// @param hosts from which files may be downloaded, because the token is sent there
    /// @param downloadTimeout of a whole download
    /// @param maxBytes of a file
    public record Options(TokenHosts hosts, Duration downloadTimeout, long maxBytes) {}

    /// The result of the look-up of a file.
    private record Found(URI url, String mimeType, @Nullable String sha256, long bytes) {}

    /// Thrown if a look-up or a download did not return what it should.
    private static final class NotFetched extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fetched instead;

        NotFetched(Fetched instead) {
            super(instead.toString(), null, false, false);
            this.instead = instead;
        }
    }

    public WhatsAppFiles(GraphClient graph, Options options, WhatsAppMetrics metrics) {
        this.graph = graph;
        this.options = options;
        this.metrics = metrics;
    }

    @Override
    public Fetched fetch(Content.Media media, String businessNumber, Path into) throws InterruptedException {
        long start = System.nanoTime();
        Fetched fetched = fetchOrNot(media, businessNumber, into);
        metrics.mediaFetched(fetched.word(), Duration.ofNanos(System.nanoTime() - start));
        return fetched;
    }

    private Fetched fetchOrNot(Content.Media media, String businessNumber, Path into) throws InterruptedException {
        try {
            Found found = lookUp(media.mediaId(), businessNumber);
            if (found.bytes() > options.maxBytes()) {
                return new Fetched.Refused(MediaProblem.TOO_LARGE);
            }
            download(businessNumber, found.url(), into);
            return check(media, found, into);
        } catch (NotFetched e) {
            return e.instead;
        } catch (IOException e) {
            return new Fetched.Retry(MediaFolder.problemAt(into)
                    .orElse("A file cannot be read: " + e.getClass().getSimpleName()));
        }
    }

    private Found lookUp(String mediaId, String businessNumber) throws NotFetched, InterruptedException {
        JsonNode tree = switch (graph.media(businessNumber, mediaId)) {
            case GraphAnswer.Ok(int status, JsonNode body) -> body;
            case GraphAnswer.Failed(GraphError error) ->
                throw new NotFetched(error instanceof GraphError.Rejected rejected ? refusal(rejected) : notNow(error));
        };
        String url = tree.path("url").asText("");
        if (url.isEmpty()) {
            throw new NotFetched(new Fetched.Retry("WhatsApp returned no URL for a file"));
        }
        URI allowed = options.hosts()
                .address(url)
                .orElseThrow(() -> new NotFetched(new Fetched.Retry(
                        "WhatsApp returned a URL for a file that the access token may not be sent to: add its"
                                + " host to whatsapp.media.hosts if it belongs to WhatsApp")));
        return new Found(
                allowed,
                withoutParameters(tree.path("mime_type").asText(UNTYPED)),
                tree.path("sha256").asText(null),
                tree.path("file_size").asLong(0));
    }

    /// Statuses 400 and 404 of a look-up mean that the file does not exist; other errors are about our
    /// access, or are transient.
    private static Fetched refusal(GraphError.Rejected rejected) {
        int status = rejected.status();
        int code = rejected.code().orElse(0);
        return (status == 400 || status == 404) && code == 100
                ? new Fetched.Refused(MediaProblem.GONE)
                : new Fetched.Retry("WhatsApp answered the look-up of a file with " + status + ", code " + code);
    }

    private void download(String businessNumber, URI address, Path into) throws NotFetched, InterruptedException {
        GraphAnswer answer =
                graph.download(businessNumber, address, options.downloadTimeout(), options.maxBytes(), into);
        if (answer instanceof GraphAnswer.Failed(GraphError error)) {
            // A full disk ends a download with an IOException, just as a failure of WhatsApp does.
            throw new NotFetched(
                    error instanceof GraphError.NoResponse
                            ? MediaFolder.problemAt(into)
                                    .<Fetched>map(Fetched.Retry::new)
                                    .orElseGet(() -> notNow(error))
                            : notNow(error));
        }
    }

    private static Fetched notNow(GraphError error) {
        return new Fetched.Retry(
                switch (error) {
                    case GraphError.NoToken missing -> missing.reason();
                    case GraphError.NotConnected(IOException cause) -> reason(cause);
                    case GraphError.NoResponse(IOException cause) -> reason(cause);
                    // The address may have expired; the next attempt looks it up again.
                    case GraphError.Rejected(int status, JsonNode body) ->
                        "WhatsApp answered the download of a file with " + status;
                });
    }

    private static String reason(IOException cause) {
        return cause instanceof HttpTimeoutException
                ? "The download of a file from WhatsApp timed out"
                : "A file could not be downloaded from WhatsApp: "
                        + cause.getClass().getSimpleName();
    }

    private Fetched check(Content.Media media, Found found, Path file) throws IOException {
        long bytes = Files.size(file);
        boolean isWhole = found.bytes() == 0 || found.bytes() == bytes;
        return isWhole && bytes > 0 && Sha256Check.is(file, media.sha256(), found.sha256())
                ? new Fetched.Here(found.mimeType(), bytes)
                : new Fetched.Refused(MediaProblem.DAMAGED);
    }

    private static String withoutParameters(String mimeType) {
        int end = mimeType.indexOf(';');
        return (end < 0 ? mimeType : mimeType.substring(0, end)).strip();
    }
}

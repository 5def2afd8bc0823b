package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lull.contract.json.Base64Member;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaProblem;

/// Files of the customers of a channel of Evolution, which gives the file of a message in base64, decrypted. Nothing
/// of an answer is held in memory as a whole. Safe for several threads.
final class EvolutionFiles {

    private static final String SENDING = "/message/{method}/";
    private static final String FETCHING = "/chat/getBase64FromMediaMessage/";

    /// Of everything in an answer besides the file.
    private static final long ROOM = 256 * 1024;

    private final String name;
    private final Supplier<Optional<String>> url;
    private final Supplier<Map<String, String>> headers;

    /// @param name of the channel
    /// @param url where replies are posted now; asked by several threads
    /// @param headers of each call now; asked by several threads
    EvolutionFiles(String name, Supplier<Optional<String>> url, Supplier<Map<String, String>> headers) {
        this.name = name;
        this.url = url;
        this.headers = headers;
    }

    /// Returns the address that gives files, which is beside the one where replies are posted; empty if that one does
    /// not have Evolution's form.
    static Optional<URI> address(String url) {
        return url.contains(SENDING) ? Optional.of(URI.create(url.replace(SENDING, FETCHING))) : Optional.empty();
    }

    /// Fetches the file of a message into a path that does not exist yet.
    ///
    /// @param media whose id is that of the message
    Fetched fetch(BoundedHttpClient client, ChannelFiles.Options options, Content.Media media, Path into)
            throws IOException, InterruptedException {
        Optional<URI> address = url.get().flatMap(EvolutionFiles::address);
        if (address.isEmpty()) {
            return new Fetched.Refused(MediaProblem.GONE);
        }
        // Deleted with all others of the folder if the process is killed.
        Path answer = into.resolveSibling(into.getFileName() + "-answer");
        try {
            HttpResponse<Path> response = client.download(
                    request(address.get(), media.mediaId()),
                    options.downloadTimeout(),
                    4 * ((options.maxBytes() + 2) / 3) + ROOM,
                    answer);
            return switch (response.statusCode()) {
                case 200, 201 -> decoded(answer, options.maxBytes(), media, into);
                // It answers so whatever keeps it from giving the file.
                case 400, 404, 410, 422 -> new Fetched.Refused(MediaProblem.GONE);
                default ->
                    new Fetched.Retry(
                            "Channel " + name + " answered the request for a file with " + response.statusCode());
            };
        } catch (BoundedHttpClient.TooLarge e) {
            return new Fetched.Refused(MediaProblem.TOO_LARGE);
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private HttpRequest request(URI address, String messageId) {
        ObjectNode body = Json.object();
        body.putObject("message").putObject("key").put("id", messageId);
        body.put("convertToMp4", false);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "Lull")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
        headers.get().forEach(request::setHeader);
        return request.build();
    }

    private static Fetched decoded(Path answer, long maxBytes, Content.Media media, Path into) throws IOException {
        Base64Member.Decoded decoded;
        try (OutputStream file = Files.newOutputStream(into)) {
            decoded = Base64Member.decode(answer, "base64", "mimetype", file);
        } catch (UnreadableJson e) {
            return new Fetched.Refused(MediaProblem.DAMAGED);
        }
        if (decoded.bytes() == 0) {
            return new Fetched.Refused(MediaProblem.DAMAGED);
        }
        String given = media.mimeType();
        String type = given == null ? decoded.text() : given;
        return decoded.bytes() > maxBytes
                ? new Fetched.Refused(MediaProblem.TOO_LARGE)
                : new Fetched.Here(ChannelFiles.bare(type == null ? ChannelFiles.UNTYPED : type), decoded.bytes());
    }
}

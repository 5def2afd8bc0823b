package lull.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import lull.ingress.reply.ReplySettings;
import lull.runtime.http.BoundedHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of commands that ask a running ingress with a token of applications.
final class RepliesAccess {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = HttpAddress.class,
            defaultValue = "http://localhost:8080",
            description = "The ingress. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A token of replies.tokens. Default: the first of LULL_REPLIES_TOKENS, or of the file in"
                    + " LULL_REPLIES_TOKENS_FILE, else that of `lull local`.")
    private @Nullable String token;

    @Option(
            names = "--plain",
            description = "Send the token without TLS, even to another machine. Anyone on the network between can"
                    + " read it.")
    private boolean isPlain;

    @Mixin
    private final TlsClient tls = new TlsClient();

    /// Creates a client for many calls. Throws [CannotStart] if the token must not be sent.
    BoundedHttpClient client() {
        ServiceCall.checkTls(url, isPlain);
        return tls.client(CONNECT_LIMIT);
    }

    /// Returns a request for a path, with the token.
    HttpRequest.Builder request(String path) {
        return ServiceCall.request(url.resolve(path), token(), ReplySettings.TOKENS.environmentName());
    }

    /// The address, for people.
    URI url() {
        return url;
    }

    private String token() {
        return ServiceTokens.of(token, ReplySettings.TOKENS, System.getenv(), "local-replies");
    }
}

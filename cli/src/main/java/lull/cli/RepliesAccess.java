package lull.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.ingress.reply.ReplySettings;
import lull.runtime.BearerTokens;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.SettingsLoader;
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
        if (!isPlain && !"https".equals(url.getScheme()) && !LocalHost.isAt(url)) {
            throw new CannotStart("The token is not sent to " + url + " without TLS, because anyone on the network"
                    + " between could read it: use https, run the command on that machine, or use --plain in a"
                    + " network that nobody else can read");
        }
        return tls.client(CONNECT_LIMIT);
    }

    /// Returns a request for a path, with the token.
    HttpRequest.Builder request(String path) {
        String own = token();
        if (!BearerTokens.isToken(own)) {
            throw new CannotStart(
                    "The token must be one line of visible ASCII characters without blanks: set --token or "
                            + ReplySettings.TOKENS.environmentName());
        }
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", BearerTokens.header(own));
    }

    /// The address, for people.
    URI url() {
        return url;
    }

    private String token() {
        if (token != null) {
            return token;
        }
        String variable = ReplySettings.TOKENS.environmentName();
        Map<String, String> own = Stream.of(variable, variable + "_FILE")
                .filter(System.getenv()::containsKey)
                .collect(Collectors.toMap(each -> each, each -> System.getenv().get(each)));
        List<String> tokens = new SettingsLoader(List.of(ReplySettings.TOKENS))
                .load(own, Map.of())
                .get(ReplySettings.TOKENS);
        return tokens.isEmpty() ? "local-replies" : tokens.getFirst();
    }
}

package lull.cli;

import java.net.URI;
import java.time.Duration;
import lull.ingress.action.ActionSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of commands that ask a running ingress with a token of actions.
final class IngressAccess {

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
            description =
                    "The token of one of actions.tokens. Default: the first of LULL_ACTIONS_TOKENS, or of the file in"
                            + " LULL_ACTIONS_TOKENS_FILE, else that of `lull local`.")
    private @Nullable String token;

    @Option(
            names = "--plain",
            description = "Send the token without TLS, even to another machine. Anyone on the network between can"
                    + " read it.")
    private boolean isPlain;

    @Mixin
    private final TlsClient tls = new TlsClient();

    /// Returns the client of the ingress.
    ///
    /// @param limit how long an answer may take
    /// @param maxAnswerBytes how large it may be
    ServiceCall call(Duration limit, int maxAnswerBytes) {
        return new ServiceCall("ingress", url, token(), isPlain, tls, limit, maxAnswerBytes);
    }

    private String token() {
        if (token != null) {
            return token;
        }
        return ServiceTokens.read(ActionSettings.TOKENS, System.getenv())
                .first()
                .orElse("local-actions-operator");
    }
}

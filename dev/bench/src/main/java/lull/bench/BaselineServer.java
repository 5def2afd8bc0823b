package lull.bench;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Server that the ingress is compared with: the same HTTP server, set up as the ingress sets it up, with less
/// behind it.
final class BaselineServer implements AutoCloseable {

    private static final String ALGORITHM = "HmacSHA256";

    private final Javalin server;

    /// Serves on a free port.
    BaselineServer(Handler handler) {
        this.server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.routes.post(Requests.PATH, handler);
                })
                .start(0);
    }

    /// Answers 200 and reads nothing.
    static BaselineServer bare() {
        return new BaselineServer(context -> context.status(HttpStatus.OK));
    }

    /// Reads the body, checks that it is signed with a secret, and answers 200, or 401 where it is not.
    static BaselineServer reading(String secret) {
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return new BaselineServer(
                context -> context.status(isSigned(context, key) ? HttpStatus.OK : HttpStatus.UNAUTHORIZED));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static boolean isSigned(Context context, SecretKeySpec key) throws GeneralSecurityException {
        String header = context.header("X-Hub-Signature-256");
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        String wanted = "sha256=" + HexFormat.of().formatHex(mac.doFinal(context.bodyAsBytes()));
        return header != null
                && MessageDigest.isEqual(
                        header.getBytes(StandardCharsets.US_ASCII), wanted.getBytes(StandardCharsets.US_ASCII));
    }
}

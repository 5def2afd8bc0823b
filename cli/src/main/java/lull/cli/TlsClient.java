package lull.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.TrustedCertificates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Option for the certificates that a command trusts, and the client that trusts them.
final class TlsClient {

    private static final String OPTION = "--ca";

    @Option(
            names = OPTION,
            paramLabel = "FILE",
            description = "PEM file with certificates of authorities that are trusted in addition to those of Java:"
                    + " for ports of Lull whose certificates come from your own authority.")
    private @Nullable Path authorities;

    /// Creates a client that trusts them. Throws `CannotStart` if the file contains none.
    ///
    /// @param connectTimeout of a connection
    BoundedHttpClient client(Duration connectTimeout) {
        Path file = authorities;
        return file == null
                ? new BoundedHttpClient(connectTimeout)
                : new BoundedHttpClient(connectTimeout, TrustedCertificates.in(OPTION, file));
    }

    /// Returns why there is no connection over TLS, as a sentence without its end.
    static String problem(URI url, SSLException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("pkix") || message.contains("certpath")) {
            return "The certificate of " + url + " is not trusted: give the certificate of its authority with "
                    + OPTION;
        }
        if (message.contains("no name matching") || message.contains("no subject alternative")) {
            return "The certificate of " + url + " is for another host: use the host name in the certificate";
        }
        return "There is no TLS connection to " + url + " (" + failure.getMessage()
                + "): if the port has no TLS, use http";
    }
}

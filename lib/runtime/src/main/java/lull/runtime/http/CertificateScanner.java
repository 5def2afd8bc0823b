package lull.runtime.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watch over the file of a key store, which loads a new one if it can be read and contains a key.
/// Jetty alone would drop the current one before it reads the new one, which may be written only
/// partly, or have another password.
final class CertificateScanner extends KeyStoreScanner {

    private static final Logger log = LoggerFactory.getLogger(CertificateScanner.class);

    private final HttpPort.KeyStore keyStore;
    private final CertificateValidity validity;

    /// @param tls has the current key store
    CertificateScanner(SslContextFactory.Server tls, HttpPort.KeyStore keyStore, CertificateValidity validity) {
        super(tls);
        this.keyStore = keyStore;
        this.validity = validity;
        setScanInterval(seconds(keyStore.scan()));
    }

    @Override
    public void reload() {
        if (holdsKey()) {
            super.reload();
            log.info("The new certificate is in use");
            validity.read();
        }
    }

    /// Keeps the certificate of a file that has been deleted, because a new one may follow. Jetty alone
    /// would refuse all connections until then.
    @Override
    public void fileRemoved(String file) {
        log.warn("The key store is gone; the previous certificate stays in use");
    }

    private boolean holdsKey() {
        try {
            if (keyStore.holdsKey()) {
                return true;
            }
            log.warn("The new key store contains no key; the previous one stays in use");
        } catch (IOException | GeneralSecurityException e) {
            log.atWarn()
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("The new key store cannot be read; the previous one stays in use");
        }
        return false;
    }

    private static int seconds(Duration scan) {
        return Math.toIntExact(scan.toSeconds());
    }
}

package lull.runtime.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Time for which the certificate of a port is valid: a meter, and a warning in the log when a certificate
/// is loaded that clients refuse because of its dates. The port serves it nevertheless, because not every
/// client checks them. If a key store has several certificates, the one that expires first counts.
/// Safe for several threads.
final class CertificateValidity {

    private static final Logger log = LoggerFactory.getLogger(CertificateValidity.class);

    private final String port;
    private final HttpPort.KeyStore keyStore;
    private final InstantSource clock;

    private volatile Instant expires = Instant.MAX;

    private CertificateValidity(String port, HttpPort.KeyStore keyStore, InstantSource clock) {
        this.port = port;
        this.keyStore = keyStore;
        this.clock = clock;
    }

    /// Reads the certificate and registers the meter, which lives as long as this object.
    ///
    /// @param port its name in metrics
    static CertificateValidity of(
            String port, HttpPort.KeyStore keyStore, MeterRegistry registry, InstantSource clock) {
        CertificateValidity validity = new CertificateValidity(port, keyStore, clock);
        validity.read();
        Gauge.builder("lull.tls.certificate.expires.seconds", validity, CertificateValidity::secondsLeft)
                .description("Seconds until the certificate of an HTTP port expires; negative afterwards")
                .tag("port", port)
                .register(registry);
        return validity;
    }

    /// Reads the certificate that is now in the file; keeps what is known if that fails, which the caller reports.
    void read() {
        try {
            keyStore.certificates().stream()
                    .min(Comparator.comparing(X509Certificate::getNotAfter))
                    .ifPresent(this::read);
        } catch (IOException | GeneralSecurityException e) {
            log.atDebug().addKeyValue("port", port).setCause(e).log("The certificate cannot be read");
        }
    }

    private void read(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        expires = certificate.getNotAfter().toInstant();
        if (expires.isBefore(clock.instant())) {
            log.atWarn()
                    .addKeyValue("port", port)
                    .addKeyValue("expired", expires)
                    .log("The certificate of a port has expired, so clients refuse to connect: replace its key store");
        } else if (from.isAfter(clock.instant())) {
            log.atWarn()
                    .addKeyValue("port", port)
                    .addKeyValue("validFrom", from)
                    .log("The certificate of a port is not valid yet, so clients refuse to connect: replace its key"
                            + " store, or correct this machine's clock");
        }
    }

    private double secondsLeft() {
        return expires.equals(Instant.MAX)
                ? Double.NaN
                : Duration.between(clock.instant(), expires).toSeconds();
    }
}

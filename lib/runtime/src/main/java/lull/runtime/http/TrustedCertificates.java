package lull.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.jspecify.annotations.Nullable;

/// Certificates of authorities that a client trusts in addition to those of the JVM.
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /// Returns a client's context that trusts these certificates and those of the JVM. Throws
    /// [CannotStart] if the file cannot be read, or contains no certificate.
    ///
    /// @param option which names the file, for the error
    /// @param file with one or more certificates in PEM format
    public static SSLContext in(String option, Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int entries = 0;
            for (X509Certificate certificate : ofTheJvm()) {
                trusted.setCertificateEntry(Integer.toString(entries++), certificate);
            }
            for (Certificate certificate : certificates(option, file)) {
                trusted.setCertificateEntry(Integer.toString(entries++), certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context;
        } catch (IOException e) {
            throw new CannotStart(option + ": " + FileProblem.words(file, e), e);
        } catch (GeneralSecurityException e) {
            throw new CannotStart(option + ": The certificates in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> certificates(String option, Path file)
            throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw noCertificate(option, file, e);
        }
        throw noCertificate(option, file, null);
    }

    private static CannotStart noCertificate(String option, Path file, @Nullable Exception cause) {
        String words = option + ": The file " + file + " contains no certificate in PEM format";
        return cause == null ? new CannotStart(words) : new CannotStart(words, cause);
    }

    private static List<X509Certificate> ofTheJvm() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager certificates) {
                return List.of(certificates.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    /// @param trusted null for what the JVM trusts
    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}

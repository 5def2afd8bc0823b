package lull.runtime.sns;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Cache of the keys with which SNS signs, by the address of their certificate, which is verified when
/// it is fetched. Only few are fetched at a time, because anyone can name addresses. Safe for several
/// threads.
final class SigningCertificates {

    /// SNS has one certificate at a time for a Region; more than a few are not genuine.
    private static final int MAX_KEPT = 16;

    private static final int DNS_NAME = 2;
    private static final Pattern SNS_NAME = Pattern.compile(
            "sns(-signing)?(\\.[a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?|sns-[a-z0-9-]+\\.amazonaws\\.com\\.cn");

    /// The maximum number of certificates fetched at a time, because anyone can name certificates.
    private static final int MAX_FETCHES = 8;

    /// The maximum time for which a fetch waits for others. The order is first in, first out, so that a
    /// flood of invented names delays a genuine one but does not block it.
    private static final Duration FETCH_WAIT = Duration.ofSeconds(5);

    /// How long an address without a certificate is not requested again, and for how many addresses.
    private static final Duration MISSING_KEPT = Duration.ofMinutes(1);

    private static final int MAX_MISSING = 1_000;

    private final Semaphore fetches = new Semaphore(MAX_FETCHES, true);
    private final boolean checksChain;
    private final CertificateFetcher fetcher;
    private final Map<URI, X509Certificate> kept = new BoundedMap<>(MAX_KEPT);
    private final Map<URI, Instant> missing = new BoundedMap<>(MAX_MISSING);

    /// Thrown if SNS has nothing at this address.
    static final class NoSuchCertificate extends CertificateException {

        private static final long serialVersionUID = 1L;

        NoSuchCertificate(String message) {
            super(message);
        }
    }

    /// Thrown if the bytes could not be fetched.
    static final class FetchFailed extends Exception {

        private static final long serialVersionUID = 1L;

        FetchFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    SigningCertificates(boolean checksChain, CertificateFetcher fetcher) {
        this.checksChain = checksChain;
        this.fetcher = fetcher;
    }

    /// Returns the key of the certificate at an address; throws `GeneralSecurityException` with the
    /// reason if the certificate is not valid now, or not SNS's.
    PublicKey key(URI address, Instant now) throws GeneralSecurityException, FetchFailed, InterruptedException {
        X509Certificate certificate = kept(address);
        if (certificate == null) {
            certificate = check(fetched(address, now), now);
            keep(address, certificate);
        }
        certificate.checkValidity(Date.from(now));
        return certificate.getPublicKey();
    }

    private byte[] fetched(URI address, Instant now) throws NoSuchCertificate, FetchFailed, InterruptedException {
        if (isMissing(address, now)) {
            throw new NoSuchCertificate("there is no certificate at its URL");
        }
        if (!fetches.tryAcquire(FETCH_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new FetchFailed("Too many certificates are being fetched", null);
        }
        try {
            return fetcher.fetch(address);
        } catch (NoSuchCertificate e) {
            missing(address, now);
            throw e;
        } finally {
            fetches.release();
        }
    }

    private synchronized @Nullable X509Certificate kept(URI address) {
        return kept.get(address);
    }

    private synchronized boolean isMissing(URI address, Instant now) {
        Instant since = missing.get(address);
        return since != null && now.isBefore(since.plus(MISSING_KEPT));
    }

    private synchronized void missing(URI address, Instant now) {
        // Removed before it is added, so that the oldest ones come first.
        missing.remove(address);
        missing.put(address, now);
    }

    private synchronized void keep(URI address, X509Certificate certificate) {
        kept.put(address, certificate);
    }

    private X509Certificate check(byte[] pem, Instant now) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .forEach(certificate -> chain.add((X509Certificate) certificate));
        if (chain.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        X509Certificate leaf = chain.getFirst();
        leaf.checkValidity(Date.from(now));
        if (names(leaf).stream().noneMatch(name -> SNS_NAME.matcher(name).matches())) {
            throw new CertificateException("the certificate is not issued for SNS");
        }
        // A single certificate names an issuer that is not available here. It still came by TLS from
        // SNS's own host, which the JVM has checked against its trust store, and from no other.
        if (checksChain && chain.size() > 1) {
            checkChain(leaf, chain, now);
        }
        return leaf;
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.stream()
                    .filter(name -> name.getFirst().equals(DNS_NAME))
                    .forEach(name -> names.add(String.valueOf(name.get(1))));
        }
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new CertificateException("the certificate's subject cannot be read", e);
        }
        return names;
    }

    private static void checkChain(X509Certificate leaf, List<X509Certificate> chain, Instant now)
            throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        Set<TrustAnchor> anchors = new HashSet<>();
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate root : x509.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(root, null));
                }
            }
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }
}

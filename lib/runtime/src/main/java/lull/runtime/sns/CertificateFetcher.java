package lull.runtime.sns;

import java.net.URI;
import lull.runtime.sns.SigningCertificates.FetchFailed;
import lull.runtime.sns.SigningCertificates.NoSuchCertificate;

/// Port that fetches certificates of SNS.
@FunctionalInterface
interface CertificateFetcher {

    /// Returns the bytes at an address.
    byte[] fetch(URI address) throws NoSuchCertificate, FetchFailed, InterruptedException;
}

package lull.whatsapp;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.runtime.http.LocalHost;

/// Hosts to which an access token may be sent. WhatsApp's answer to a look-up contains an address that
/// accepts the token; only WhatsApp may get the token, regardless of the answer.
///
/// @param endpoint the Graph API, which has the token anyway
/// @param hosts names of hosts; one that begins with a dot stands for all hosts below it
public record TokenHosts(URI endpoint, List<String> hosts) {

    public TokenHosts {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /// Returns an address from an answer, if the token may be sent there: by TLS to one of the hosts,
    /// or on this machine if the Graph API is there too, as in the local system.
    public Optional<URI> address(String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null) {
            return Optional.empty();
        }
        boolean isAllowed = "https".equalsIgnoreCase(address.getScheme())
                ? isKnown(host.toLowerCase(Locale.ROOT))
                : "http".equalsIgnoreCase(address.getScheme()) && LocalHost.isAt(address) && LocalHost.isAt(endpoint);
        return isAllowed ? Optional.of(address) : Optional.empty();
    }

    private boolean isKnown(String host) {
        return host.equalsIgnoreCase(endpoint.getHost())
                || hosts.stream().anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }
}

package lull.bridge.inbound.attachments;

import java.net.URI;

/// Builder of links to files in a store that is served under an address.
final class Links {

    private Links() {}

    /// Returns the link of a file.
    static URI under(URI base, FileStore.Label label) {
        String address = base.toString();
        String slash = address.endsWith("/") ? "" : "/";
        // Of the characters in names, only a space has another meaning in an address.
        return URI.create(address + slash + label.key() + "/" + label.name().replace(" ", "%20"));
    }
}

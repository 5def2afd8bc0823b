package lull.cdk.installation;

import java.util.List;
import java.util.Optional;
import lull.cdk.installation.Installation.Doors;
import lull.cdk.installation.Installation.Zone;

/// Reader of the member `doors`.
final class DoorsReader {

    /// A rule of a load balancer takes five values, of which one is the path.
    private static final int MAX_NETWORKS = 4;

    /// Bits of the prefix of the largest network that may be somebody's own.
    private static final int LARGEST_NETWORK = 8;

    private final Members doors;

    DoorsReader(Members doors) {
        this.doors = doors;
    }

    /// @param region of the load balancer
    Doors doors(String region) {
        boolean webhooks = doors.flag("webhooks", true);
        List<String> repliesFrom = repliesFrom();
        boolean isOpen = webhooks || !repliesFrom.isEmpty();
        Doors read = new Doors(
                text("hostname", Form.HOST, isOpen),
                text("certificate", Form.CERTIFICATE, isOpen),
                zone(doors),
                webhooks,
                repliesFrom,
                doors.has("requestsPerMinute")
                        ? Optional.of(doors.number("requestsPerMinute", 100, 100, 10_000_000))
                        : Optional.empty());
        requireRegion(doors, read.certificate(), region);
        doors.end();
        return read;
    }

    /// Reports a certificate that a load balancer of this Region cannot use.
    static void requireRegion(Members door, String certificate, String region) {
        if (!certificate.isEmpty() && !certificate.contains(":acm:" + region + ":")) {
            door.wrong("certificate", "must be in the Region of the load balancer, " + region);
        }
    }

    /// Returns networks of somebody's own.
    static List<String> networks(Members door, String name) {
        List<String> networks = door.texts(name, Form.CIDR);
        if (networks.stream().anyMatch(network -> prefix(network) < LARGEST_NETWORK)) {
            door.wrong(name, "must list your own networks, none larger than /" + LARGEST_NETWORK);
        }
        return networks;
    }

    private List<String> repliesFrom() {
        List<String> networks = networks(doors, "repliesFrom");
        if (networks.size() > MAX_NETWORKS) {
            doors.wrong(
                    "repliesFrom",
                    "must list at most " + MAX_NETWORKS
                            + " networks, because a rule of a load balancer takes 5 values");
        }
        return networks;
    }

    private static int prefix(String network) {
        return Integer.parseInt(network.substring(network.indexOf('/') + 1));
    }

    /// Without anybody to let in there is no load balancer, which alone needs it.
    private String text(String name, Form form, boolean isNeeded) {
        return isNeeded ? doors.text(name, form) : doors.optional(name, form).orElse("");
    }

    /// Returns the hosted zone of a door, if there is one.
    static Optional<Zone> zone(Members door) {
        if (!door.has("zone")) {
            return Optional.empty();
        }
        Members zone = door.object("zone");
        Zone read = new Zone(zone.text("id", Form.HOSTED_ZONE), zone.text("name", Form.HOST));
        zone.end();
        return Optional.of(read);
    }
}

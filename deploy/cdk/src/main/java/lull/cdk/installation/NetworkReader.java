package lull.cdk.installation;

import java.util.List;

/// Reader of the member `network`.
final class NetworkReader {

    private final Members network;

    NetworkReader(Members network) {
        this.network = network;
    }

    /// @param region in which the zones must be
    Network network(String region) {
        List<String> zones = network.texts("zones", Form.ZONE);
        if (zones.size() < 2 || zones.size() > 3) {
            network.wrong("zones", "must list 2 or 3 availability zones");
        }
        if (!zones.stream().allMatch(zone -> zone.startsWith(region))) {
            network.wrong("zones", "must all be in " + region);
        }
        Network read = network.has("vpc") ? existing(zones) : create(zones);
        network.end();
        return read;
    }

    private Network create(List<String> zones) {
        return new Network.New(
                network.optional("cidr", Form.CIDR).orElse("10.40.0.0/16"),
                zones,
                network.number("natGateways", Math.max(1, zones.size()), 1, Math.max(1, zones.size())));
    }

    private Network existing(List<String> zones) {
        Network.Existing existing = new Network.Existing(
                network.text("vpc", Form.VPC),
                zones,
                network.texts("publicSubnets", Form.SUBNET),
                network.texts("privateSubnets", Form.SUBNET));
        if (existing.publicSubnets().size() != zones.size()) {
            network.wrong("publicSubnets", "must list one subnet for each zone");
        }
        if (existing.privateSubnets().size() != zones.size()) {
            network.wrong("privateSubnets", "must list one subnet for each zone");
        }
        return existing;
    }
}

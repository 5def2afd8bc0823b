package lull.cdk.installation;

import java.util.List;

/// Network in which everything runs.
public sealed interface Network {

    /// Availability zones, such as `eu-central-1a`.
    List<String> zones();

    /// Network that the stacks create: for each zone a public subnet for the load balancer and a
    /// private one for everything else, with a NAT gateway.
    ///
    /// @param cidr addresses of the network, such as `10.40.0.0/16`
    /// @param natGateways between 1 and the number of zones
    record New(String cidr, List<String> zones, int natGateways) implements Network {
        public New {
            zones = List.copyOf(zones);
        }
    }

    /// Network that exists. Its private subnets need a way to the internet, because WhatsApp is there.
    ///
    /// @param publicSubnets one for each zone, in the order of the zones
    /// @param privateSubnets one for each zone, in the order of the zones
    record Existing(String id, List<String> zones, List<String> publicSubnets, List<String> privateSubnets)
            implements Network {
        public Existing {
            zones = List.copyOf(zones);
            publicSubnets = List.copyOf(publicSubnets);
            privateSubnets = List.copyOf(privateSubnets);
        }
    }
}

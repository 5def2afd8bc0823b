package lull.cdk.installation;

import lull.runtime.kafka.BrokerKind;

/// Kafka that an installation uses: Amazon MSK with IAM authentication.
public sealed interface KafkaChoice {

    /// What topics are created on, which decides their settings.
    BrokerKind kind();

    /// Cluster that the stacks create.
    sealed interface Provisioned extends KafkaChoice {
        /// Type of the brokers as in MSK, such as `m7g.large`.
        String brokerType();

        int brokers();

        /// Version of Kafka as in MSK, such as `3.9.x`.
        String version();
    }

    /// Express brokers: storage without limit, no maintenance window, always three replicas.
    record Express(String brokerType, int brokers, String version) implements Provisioned {
        @Override
        public BrokerKind kind() {
            return BrokerKind.EXPRESS;
        }
    }

    /// Standard brokers.
    ///
    /// @param diskGibibytes of each broker
    record Standard(String brokerType, int brokers, String version, int diskGibibytes) implements Provisioned {
        @Override
        public BrokerKind kind() {
            return BrokerKind.STANDARD;
        }
    }

    /// Cluster that exists.
    ///
    /// @param arn of the cluster
    /// @param bootstrap its addresses for IAM authentication
    /// @param securityGroup its security group, in which the stacks open the port for Lull
    record Existing(BrokerKind kind, String arn, String bootstrap, String securityGroup) implements KafkaChoice {}
}

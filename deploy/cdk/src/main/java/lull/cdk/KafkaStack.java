package lull.cdk;

import lull.cdk.installation.KafkaChoice;
import software.amazon.awscdk.Stack;

/// Cluster of Amazon MSK.
final class KafkaStack extends Stack {

    private final KafkaCluster cluster;

    KafkaStack(LullStacks.Scope scope, String id, NetworkStack network, KafkaChoice.Provisioned choice) {
        super(scope.app(), scope.id(id), scope.props("Kafka"));
        this.cluster = new MskCluster(this, scope.installation(), choice, network).cluster();
    }

    KafkaCluster cluster() {
        return cluster;
    }

    /// Cluster as the processes need it.
    ///
    /// @param arn of which only the last part may be unknown until the cluster exists
    /// @param bootstrap addresses for IAM authentication
    record KafkaCluster(String arn, String bootstrap) {

        /// Returns the name of the cluster.
        String name() {
            return arn.split("/", -1)[1];
        }
    }
}

package lull.connect;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsIdentity;

/// Options for calling Amazon Connect in one AWS Region.
///
/// @param endpoint instead of AWS's own for the Connect API
/// @param participantEndpoint instead of AWS's own for the Participant API
/// @param placeholderCredentials sign with dummy credentials, for a stand-in that does not check them
/// @param callTimeout of a whole call
/// @param uploadTimeout of the upload of a file
/// @param identities those that call single instances, by instance; all others are called by that of the process
public record ConnectOptions(
        String region,
        Optional<URI> endpoint,
        Optional<URI> participantEndpoint,
        boolean placeholderCredentials,
        Duration connectTimeout,
        Duration callTimeout,
        Duration uploadTimeout,
        int maxConnections,
        Map<String, AwsIdentity> identities) {

    public ConnectOptions {
        identities = Map.copyOf(identities);
    }

    /// Returns the same options for another Region, in which Connect has other endpoints.
    public ConnectOptions in(String otherRegion, Optional<URI> otherEndpoint, Optional<URI> otherParticipantEndpoint) {
        return new ConnectOptions(
                otherRegion,
                otherEndpoint,
                otherParticipantEndpoint,
                placeholderCredentials,
                connectTimeout,
                callTimeout,
                uploadTimeout,
                maxConnections,
                identities);
    }

    /// Returns the same options with identities of single instances.
    ConnectOptions with(Map<String, AwsIdentity> ofInstances) {
        return new ConnectOptions(
                region,
                endpoint,
                participantEndpoint,
                placeholderCredentials,
                connectTimeout,
                callTimeout,
                uploadTimeout,
                maxConnections,
                ofInstances);
    }

    /// Creates the setup of the clients in the Region; the caller closes it.
    public AwsClients clients() {
        return new AwsClients(AwsClients.Options.once(placeholderCredentials, connectTimeout, callTimeout)
                .withMaxConnections(maxConnections));
    }
}

package lull.local.broker;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/// A broker with two listeners: a plain one for the administrator, and one with TLS on which clients log in by
/// SCRAM-SHA-512 and may do what ACLs grant. One a JVM.
public final class SecuredBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String HOST = "localhost";

    private final EmbeddedBroker broker;
    private final int port;
    private final Path keyStore;
    private final String keyStorePassword;

    private SecuredBroker(EmbeddedBroker broker, int port, Path keyStore, String keyStorePassword) {
        this.broker = broker;
        this.port = port;
        this.keyStore = keyStore;
        this.keyStorePassword = keyStorePassword;
    }

    /// Starts a broker that nobody but its administrator may use until ACLs are created.
    ///
    /// @param users each with the password `<name>-password`
    /// @param keyStore with the certificate of `localhost`, which clients trust
    public static SecuredBroker start(Path directory, List<String> users, Path keyStore, String keyStorePassword)
            throws Exception {
        RecordingAuthorizer.forget();
        int port = FreePort.next();
        Map<String, String> more = Map.of(
                "listeners",
                "CLIENTS://" + HOST + ":" + port,
                "advertised.listeners",
                "CLIENTS://" + HOST + ":" + port,
                "listener.security.protocol.map",
                "CLIENTS:SASL_SSL",
                "listener.name.clients.sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "listener.name.clients.ssl.keystore.location",
                keyStore.toString(),
                "listener.name.clients.ssl.keystore.password",
                keyStorePassword,
                "listener.name.clients.ssl.keystore.type",
                "PKCS12",
                "authorizer.class.name",
                RecordingAuthorizer.class.getName(),
                "super.users",
                "User:ANONYMOUS");
        List<String> scram = users.stream()
                .map(user -> "SCRAM-SHA-512=[name=" + user + ",password=" + user + "-password]")
                .toList();
        EmbeddedBroker broker = EmbeddedBroker.start("127.0.0.1", 0, directory, more, scram);
        return new SecuredBroker(broker, port, keyStore, keyStorePassword);
    }

    /// The plain listener, on which everything is allowed.
    public String administrator() {
        return broker.bootstrapServers();
    }

    /// Grants each process what [KafkaAccess] lists for these topics, to the user with its name.
    public void grant(KafkaAccess.Scope scope) throws Exception {
        List<AclBinding> grants = new ArrayList<>();
        for (KafkaAccess process : KafkaAccess.values()) {
            for (Right right : process.of(scope)) {
                right.operations().forEach(operation -> grants.add(binding(process, right, operation)));
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", administrator()))) {
            admin.createAcls(grants).all().get();
        }
        grants.forEach(grant -> await().atMost(PATIENCE).until(() -> RecordingAuthorizer.agreeThat(grant, true)));
    }

    /// Takes a single grant away; returns when broker and controller know it.
    public void revoke(KafkaAccess process, Right right, AclOperation operation) throws Exception {
        AclBinding grant = binding(process, right, operation);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", administrator()))) {
            admin.deleteAcls(List.of(grant.toFilter())).all().get();
        }
        await().atMost(PATIENCE).until(() -> RecordingAuthorizer.agreeThat(grant, false));
    }

    /// Gives a single grant back.
    public void restore(KafkaAccess process, Right right, AclOperation operation) throws Exception {
        AclBinding grant = binding(process, right, operation);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", administrator()))) {
            admin.createAcls(List.of(grant)).all().get();
        }
        await().atMost(PATIENCE).until(() -> RecordingAuthorizer.agreeThat(grant, true));
    }

    private static AclBinding binding(KafkaAccess process, Right right, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(right.type(), right.name(), right.pattern()),
                new AccessControlEntry("User:" + process.word(), "*", operation, AclPermissionType.ALLOW));
    }

    /// The settings by which a process of Lull logs in as a user.
    public Map<String, String> settings(String user) {
        return Map.of(
                "kafka.bootstrap.servers",
                HOST + ":" + port,
                "kafka.security.protocol",
                "SASL_SSL",
                "kafka.sasl.mechanism",
                "SCRAM-SHA-512",
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + user + "-password\";",
                "kafka.ssl.truststore.location",
                keyStore.toString(),
                "kafka.ssl.truststore.password",
                keyStorePassword,
                "kafka.ssl.truststore.type",
                "PKCS12");
    }

    /// What clients have asked to do so far, but the administrator.
    public List<RecordingAuthorizer.Request> requests() {
        return RecordingAuthorizer.requests().stream()
                .filter(request -> !request.user().equals("ANONYMOUS"))
                .toList();
    }

    @Override
    public void close() {
        broker.close();
    }
}

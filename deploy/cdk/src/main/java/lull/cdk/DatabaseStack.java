package lull.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.LullSettings;
import lull.cdk.installation.Ports;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.rds.CaCertificate;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.CredentialsBaseOptions;
import software.amazon.awscdk.services.rds.DatabaseInstance;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.IInstanceEngine;
import software.amazon.awscdk.services.rds.ParameterGroup;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;
import software.amazon.awscdk.services.rds.StorageType;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/// Amazon RDS for PostgreSQL, the database of the archive: encrypted, in private subnets, with backups. Minor versions
/// are installed by Amazon RDS; a major version is a change of the file. If the stack is deleted, a snapshot stays.
final class DatabaseStack extends Stack {

    private static final String NAME = "lull";

    /// In the images of the archive and of the command line.
    private static final String AUTHORITIES = "/opt/lull/certificates/rds-ca.pem";

    private final ArchiveDatabase database;

    DatabaseStack(LullStacks.Scope scope, String id, NetworkStack network, ArchiveDatabaseChoice.Created choice) {
        super(scope.app(), scope.id(id), scope.props("database of the archive"));
        Installation installation = scope.installation();
        ResourceNames names = new ResourceNames(installation);
        String version = Integer.toString(choice.version());
        IInstanceEngine engine = DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder()
                .version(PostgresEngineVersion.of(version, version))
                .build());
        Key key = Key.Builder.create(this, "Key")
                .alias(names.of("archive"))
                .description("Encrypts the database of the archive, its backups and its password")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        DatabaseInstance instance = DatabaseInstance.Builder.create(this, "Database")
                .instanceIdentifier(names.of("archive"))
                .engine(engine)
                .instanceType(new InstanceType(choice.instance()))
                .databaseName(NAME)
                .port(Ports.DATABASE)
                .credentials(Credentials.fromGeneratedSecret(
                        LullSettings.DATABASE_USER,
                        CredentialsBaseOptions.builder()
                                .secretName(names.of("archive"))
                                .build()))
                .vpc(network.vpc())
                .vpcSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build())
                .securityGroups(List.of(network.groups().database().orElseThrow()))
                .publiclyAccessible(false)
                .multiAz(choice.hasStandby())
                .storageType(StorageType.GP3)
                .storageEncrypted(true)
                .storageEncryptionKey(key)
                .allocatedStorage(choice.storageGibibytes())
                .maxAllocatedStorage(choice.maxStorageGibibytes())
                .backupRetention(Duration.days(choice.backupDays()))
                .deleteAutomatedBackups(false)
                .copyTagsToSnapshot(true)
                .caCertificate(CaCertificate.RDS_CA_RSA2048_G1)
                .parameterGroup(ParameterGroup.Builder.create(this, "Parameters")
                        .engine(engine)
                        .description("Database of Lull's archive")
                        // Statements in its log would have what customers wrote.
                        .parameters(Map.of("rds.force_ssl", "1", "log_min_error_statement", "panic"))
                        .build())
                .autoMinorVersionUpgrade(true)
                .allowMajorVersionUpgrade(choice.allowsMajorUpgrade())
                .deletionProtection(installation.isProtected())
                .removalPolicy(RemovalPolicy.SNAPSHOT)
                .build();
        NagReasons.database(instance, installation.isProtected(), choice.hasStandby());
        ISecret secret = instance.getSecret();
        this.database = new ArchiveDatabase(
                "jdbc:postgresql://" + instance.getDbInstanceEndpointAddress() + "/" + NAME
                        + "?sslmode=verify-full&sslrootcert=" + AUTHORITIES,
                _ -> Objects.requireNonNull(secret));
    }

    ArchiveDatabase database() {
        return database;
    }
}

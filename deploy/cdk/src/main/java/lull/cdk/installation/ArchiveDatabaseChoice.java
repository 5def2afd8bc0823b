package lull.cdk.installation;

import java.util.List;

/// PostgreSQL in which an installation archives its topics.
public sealed interface ArchiveDatabaseChoice {

    /// Security groups whose members may call the archive's API besides the doctor.
    List<String> clients();

    /// Database of Amazon RDS that the stacks create.
    ///
    /// @param instance class of the instance without its prefix, such as `t4g.medium`
    /// @param version major version of PostgreSQL
    /// @param allowsMajorUpgrade whether a deployment may change the major version
    /// @param storageGibibytes at the beginning
    /// @param maxStorageGibibytes up to which Amazon RDS enlarges the storage by itself
    /// @param hasStandby whether another zone has a standby that takes over
    /// @param backupDays how long backups are kept
    record Created(
            String instance,
            int version,
            boolean allowsMajorUpgrade,
            int storageGibibytes,
            int maxStorageGibibytes,
            boolean hasStandby,
            int backupDays,
            List<String> clients)
            implements ArchiveDatabaseChoice {
        public Created {
            clients = List.copyOf(clients);
        }
    }

    /// Database that exists.
    ///
    /// @param url its JDBC address
    /// @param user that owns it
    /// @param secret ARN of a secret whose member `password` is the password of the user
    /// @param securityGroup its security group, in which the stacks open the port for the archive and the doctor
    record Existing(String url, String user, String secret, String securityGroup, List<String> clients)
            implements ArchiveDatabaseChoice {
        public Existing {
            clients = List.copyOf(clients);
        }
    }
}

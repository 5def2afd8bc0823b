package lull.cdk.installation;

import java.util.List;

/// Reader of the member `archive`.
final class ArchiveReader {

    /// Regions whose authority of Amazon RDS is in the images (`deploy/image/rds-ca.pem`), by which the archive checks
    /// the certificate of its database.
    static final List<String> REGIONS = List.of(
            "af-south-1",
            "ap-east-1",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ca-central-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "me-central-1",
            "me-south-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private final Members archive;
    private final String region;

    ArchiveReader(Members archive, String region) {
        this.archive = archive;
        this.region = region;
    }

    ArchiveDatabaseChoice database() {
        List<String> clients = archive.texts("clients", Form.GROUP);
        ArchiveDatabaseChoice read = archive.has("database") ? existing(clients) : created(clients);
        archive.end();
        return read;
    }

    private ArchiveDatabaseChoice existing(List<String> clients) {
        Members database = archive.object("database");
        ArchiveDatabaseChoice read = new ArchiveDatabaseChoice.Existing(
                database.text("url", Form.DATABASE),
                database.text("user", Form.DATABASE_USER),
                database.text("secret", Form.SECRET),
                database.text("securityGroup", Form.GROUP),
                clients);
        database.end();
        return read;
    }

    private ArchiveDatabaseChoice created(List<String> clients) {
        int storage = archive.number("storageGibibytes", 50, 20, 65_536);
        int max = archive.number("maxStorageGibibytes", Math.max(500, storage), 20, 65_536);
        if (max < storage) {
            archive.wrong("maxStorageGibibytes", "must not be less than storageGibibytes, " + storage);
        }
        if (!REGIONS.contains(region)) {
            archive.wrong(
                    "database",
                    "is missing: the images cannot check the certificate of a database of Amazon RDS in " + region
                            + ". Create one yourself, with its authority in the images");
        }
        return new ArchiveDatabaseChoice.Created(
                archive.optional("instance", Form.DATABASE_INSTANCE).orElse("t4g.medium"),
                archive.number("version", 17, 15, 18),
                archive.flag("majorUpgrade", false),
                storage,
                max,
                archive.flag("standby", true),
                archive.number("backupDays", 7, 1, 35),
                clients);
    }
}

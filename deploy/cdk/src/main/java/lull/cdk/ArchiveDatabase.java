package lull.cdk;

import java.util.function.Function;
import lull.cdk.installation.ArchiveDatabaseChoice;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/// Database of the archive as the processes need it.
///
/// @param url its JDBC address
/// @param secret of which the member `password` is the password, for a construct that uses it
record ArchiveDatabase(String url, Function<Construct, ISecret> secret) {

    /// Returns a database that exists.
    static ArchiveDatabase of(ArchiveDatabaseChoice.Existing existing) {
        return new ArchiveDatabase(
                existing.url(),
                scope -> software.amazon.awscdk.services.secretsmanager.Secret.fromSecretCompleteArn(
                        scope, "DatabaseSecret", existing.secret()));
    }

    /// Returns the password for the container of a task.
    Secret password(Construct scope) {
        return Secret.fromSecretsManager(secret.apply(scope), "password");
    }
}

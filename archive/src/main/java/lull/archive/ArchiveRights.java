package lull.archive;

import java.util.List;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsRight;
import lull.runtime.settings.Settings;

/// Rights that an archive needs in AWS with its settings: none, unless files are kept in a bucket.
public final class ArchiveRights {

    private ArchiveRights() {}

    /// Returns the rights of an archive: to open and delete kept files.
    ///
    /// @param settings of the archive
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        return MediaStoreSettings.readingRights(settings, account);
    }
}

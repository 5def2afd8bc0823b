package lull.cli;

import java.util.List;
import lull.cli.erasure.GivenIds;
import lull.runtime.settings.Setting;

/// Settings of `lull erase`.
final class EraseSettings {

    static final Setting<GivenIds> IDS = Setting.of(
                    "erase.ids",
                    "",
                    "Phone numbers and user ids of a customer, separated by commas, for `lull erase`, if others may read"
                            + " its command line and its output, such as in a pod or a task: set it for one run only."
                            + " One after ! is of somebody else, as with --except. Related ids are then printed masked",
                    GivenIds::parse)
            .secret();

    /// All settings of this class.
    static final List<Setting<?>> ALL = List.of(IDS);

    private EraseSettings() {}
}

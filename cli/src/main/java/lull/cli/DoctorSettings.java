package lull.cli;

import java.util.List;
import lull.runtime.settings.Setting;

/// Settings of `lull doctor`.
final class DoctorSettings {

    static final Setting<List<String>> PROCESSES = Setting.list(
            "doctor.processes",
            "",
            "URLs of the admin ports of all processes, such as http://10.0.0.7:9090, separated by commas, for `lull"
                    + " doctor`. If it is empty, `lull doctor` checks the members of the consumer groups at"
                    + " admin.port; an ingress is not among them. If admin.tls.keystore is set, use https and the"
                    + " host names in the certificates");

    static final Setting<Integer> MAX_LAG = Setting.number(
            "doctor.max.lag", 1_000, 0, 1_000_000_000, "Maximum consumer lag, in records, that `lull doctor` accepts");

    /// All settings of this class.
    static final List<Setting<?>> ALL = List.of(PROCESSES, MAX_LAG);

    private DoctorSettings() {}
}

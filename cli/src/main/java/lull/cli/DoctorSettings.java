package lull.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
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

    static final Setting<Optional<URI>> ARCHIVE = Setting.optionalUri(
            "doctor.archive",
            "URL of the archive's API, such as http://10.0.0.9:8084, which `lull doctor` asks with the first token of"
                    + " archive.tokens. If it is not set, the API is not checked");

    static final Setting<Boolean> ARCHIVE_PLAIN = Setting.flag(
            "doctor.archive.plain",
            false,
            "Whether `lull doctor` sends that token to another machine without TLS, so that anyone on the network between"
                    + " can read it");

    /// All settings of this class.
    static final List<Setting<?>> ALL = List.of(PROCESSES, MAX_LAG, ARCHIVE, ARCHIVE_PLAIN);

    private DoctorSettings() {}
}

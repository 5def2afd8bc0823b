package lull.runtime.admin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;
import lull.runtime.http.TlsSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the admin ports, with health, metrics and information.
public final class AdminSettings {

    public static final Setting<Integer> ADMIN_PORT = Setting.number(
            "admin.port",
            9090,
            0,
            65535,
            "Port of health, metrics and information, for every process; 0 picks a free port. If it is not set, the"
                    + " ingress uses 9090, an aggregator 9091, a bridge 9093, the applications 9094, the archive 9095 and the"
                    + " console 9096, so that all can run on one machine");

    public static final Setting<Optional<Integer>> INGRESS_ADMIN_PORT = adminPort("ingress");

    public static final Setting<Optional<Integer>> AGGREGATOR_ADMIN_PORT = adminPort("aggregator");

    public static final Setting<Optional<Integer>> BRIDGE_ADMIN_PORT = adminPort("bridge");

    public static final Setting<Optional<Integer>> APPLICATIONS_ADMIN_PORT = adminPort("applications");

    public static final Setting<Optional<Integer>> ARCHIVE_ADMIN_PORT = adminPort("archive");

    public static final Setting<Optional<Integer>> CONSOLE_ADMIN_PORT = adminPort("console");

    /// TLS at the admin port of every process.
    public static final TlsSettings TLS = TlsSettings.of(
            "admin",
            "the admin port of every process is served over TLS, and `lull doctor` calls it over TLS. Probes and"
                    + " Prometheus must use https");

    /// All settings.
    public static final List<Setting<?>> ALL = Stream.of(
                    List.of(
                            ADMIN_PORT,
                            INGRESS_ADMIN_PORT,
                            AGGREGATOR_ADMIN_PORT,
                            BRIDGE_ADMIN_PORT,
                            APPLICATIONS_ADMIN_PORT,
                            ARCHIVE_ADMIN_PORT,
                            CONSOLE_ADMIN_PORT),
                    TLS.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private AdminSettings() {}

    private static Setting<Optional<Integer>> adminPort(String process) {
        return Setting.of(
                process + ".admin.port",
                "",
                "Port of health, metrics and information of the " + process + "; overrides admin.port",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(ADMIN_PORT.read(text)));
    }

    /// Returns the address of a process's admin port, with the setting that chooses it: its own, else
    /// the one of every process if that is set, else a default that no other process on the machine
    /// has.
    ///
    /// @param process the name of its command
    public static ListenAddress adminAddress(Settings settings, String process) {
        return switch (process) {
            case "ingress" -> adminAddress(settings, INGRESS_ADMIN_PORT, 9090);
            case "aggregator" -> adminAddress(settings, AGGREGATOR_ADMIN_PORT, 9091);
            case "bridge" -> adminAddress(settings, BRIDGE_ADMIN_PORT, 9093);
            case "applications" -> adminAddress(settings, APPLICATIONS_ADMIN_PORT, 9094);
            case "archive" -> adminAddress(settings, ARCHIVE_ADMIN_PORT, 9095);
            case "console" -> adminAddress(settings, CONSOLE_ADMIN_PORT, 9096);
            default -> ListenAddress.of(settings, HttpSettings.ADMIN_HOST, ADMIN_PORT);
        };
    }

    private static ListenAddress adminAddress(Settings settings, Setting<Optional<Integer>> own, int byDefault) {
        Optional<Integer> given = settings.get(own);
        return given.isEmpty() && settings.isGiven(ADMIN_PORT)
                ? ListenAddress.of(settings, HttpSettings.ADMIN_HOST, ADMIN_PORT)
                : ListenAddress.of(settings, HttpSettings.ADMIN_HOST, given.orElse(byDefault), own.name());
    }
}

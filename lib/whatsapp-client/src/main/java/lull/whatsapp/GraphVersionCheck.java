package lull.whatsapp;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lull.runtime.CheckResult;
import lull.runtime.settings.Settings;

/// Check whether the configured versions of the Graph API are still answered. Pure.
public final class GraphVersionCheck {

    private static final String WHATSAPP = "WhatsApp";

    /// From here on an operator should change the version.
    private static final int DAYS_BEFORE = 30;

    private GraphVersionCheck() {}

    /// Returns a finding for each version that the business numbers use.
    ///
    /// @param today in UTC
    public static List<CheckResult> of(Settings settings, Collection<String> businessNumbers, LocalDate today) {
        GraphAccess access = WhatsAppSettings.access(settings);
        Set<String> versions = new TreeSet<>();
        if (businessNumbers.isEmpty()) {
            versions.add(access.others().version());
        }
        businessNumbers.forEach(number -> versions.add(access.of(number).version()));
        return versions.stream().map(version -> of(version, today)).toList();
    }

    /// Returns the finding for a version.
    static CheckResult of(String version, LocalDate today) {
        String remedy = ": set " + WhatsAppSettings.GRAPH_VERSION.name() + " to a later one after you have tried it";
        return switch (GraphVersion.end(version)) {
            case GraphVersion.End.On(LocalDate day)
            when !today.isBefore(day) ->
                CheckResult.wrong(WHATSAPP, "Version " + version + " of the Graph API ended on " + day + remedy);
            case GraphVersion.End.On(LocalDate day)
            when today.plusDays(DAYS_BEFORE).isAfter(day) ->
                CheckResult.wrong(WHATSAPP, "Version " + version + " of the Graph API ends on " + day + remedy);
            case GraphVersion.End.On(LocalDate day) ->
                CheckResult.well(WHATSAPP, "Version " + version + " of the Graph API is answered until " + day);
            case GraphVersion.End.Open open ->
                CheckResult.well(WHATSAPP, "Version " + version + " of the Graph API has no announced end");
            case GraphVersion.End.Past past ->
                CheckResult.wrong(WHATSAPP, "Version " + version + " of the Graph API has ended" + remedy);
            case GraphVersion.End.Unknown unknown ->
                CheckResult.unknown(
                        WHATSAPP, "Version " + version + " of the Graph API is newer than this release of Lull");
        };
    }
}

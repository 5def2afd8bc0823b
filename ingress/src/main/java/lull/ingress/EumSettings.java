package lull.ingress;

import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Setting;

/// The settings of the doors for AWS End User Messaging Social.
final class EumSettings {

    static final Setting<List<String>> TOPIC_ARNS = Setting.list(
            "eum.topic.arns",
            "",
            "ARNs of the SNS topics, separated by commas, whose notifications are taken at /webhooks/sns; without any that"
                    + " door is closed");

    static final Setting<String> APP = Setting.text(
            "eum.app.name", "eum", "Name of what comes by these doors, as messages carry it in their source");

    static final Setting<Optional<String>> INPUT = Setting.optional(
            "eum.input.topic", "The input topic that messages from there are written to; else it is ingress.topic");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(TOPIC_ARNS, APP, INPUT);

    private EumSettings() {}
}

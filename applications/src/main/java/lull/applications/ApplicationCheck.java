package lull.applications;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.applications.assistant.AssistantSettings;
import lull.applications.http.HttpApplicationCheck;
import lull.applications.lambda.AwsFunctionCheck;
import lull.chatwoot.ChatwootClient;
import lull.chatwoot.ChatwootFailed;
import lull.chatwoot.ChatwootSettings;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.queue.AwsQueueCheck;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.DestinationSettings.Kind;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Check that the destinations that are applications are configured and can be reached. Its calls
/// change nothing: no application gets a turn.
public final class ApplicationCheck {

    /// What all results are about.
    public static final String ABOUT = "application";

    /// A queue may have any visibility timeout: its reader chooses it.
    private static final Duration ANY = Duration.ofSeconds(-1);

    /// Longer than a turn would wait: a slow handshake must not be taken for an application that is not
    /// there.
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final Settings settings;

    private ApplicationCheck(Settings settings) {
        this.settings = settings;
    }

    /// Asks each application over HTTP for its head, AWS Lambda for each function, and SQS for each
    /// queue.
    ///
    /// @param settings of the process that gives turns to applications
    public static List<CheckResult> of(Settings settings) throws InterruptedException {
        ApplicationCheck check = new ApplicationCheck(settings);
        List<CheckResult> findings = new ArrayList<>();
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            findings.addAll(CheckResult.of(ABOUT, () -> check.destination(name)));
        }
        return findings;
    }

    /// Returns the rights that the check needs in AWS: to ask for the functions and queues to which the
    /// process gives turns.
    public static List<AwsRight> rights(Settings settings, AwsAccount account) {
        return ApplicationRights.of(settings, account).stream()
                .map(right -> right.actions().equals(Set.of(AwsAction.INVOKE_FUNCTION))
                        ? new AwsRight(
                                "CheckApplications",
                                EnumSet.of(AwsAction.GET_FUNCTION_CONFIGURATION),
                                right.resources())
                        : new AwsRight(
                                "CheckQueuesOfTurns", EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES), right.resources()))
                .toList();
    }

    private List<CheckResult> destination(String name) throws InterruptedException {
        Kind kind = settings.get(DestinationSettings.kind(name));
        Setting<Boolean> closed = ApplicationSettings.closed(name);
        if (kind != Kind.TOPIC && settings.get(closed)) {
            return List.of(
                    CheckResult.well(ABOUT, "Destination " + name + " gets no turns: " + closed.name() + " is true"));
        }
        return switch (kind) {
            // The aggregator writes it, and it is checked with all topics.
            case TOPIC -> List.of();
            case HTTP -> List.of(http(name, kind));
            case ASSISTANT -> List.of(assistant(name));
            case LAMBDA -> List.of(function(name, kind));
            case SQS -> queue(name, kind);
            case CHATWOOT -> List.of(chatwoot(name, kind));
        };
    }

    private CheckResult http(String name, Kind kind) throws InterruptedException {
        Setting<Optional<URI>> url = DestinationSettings.url(name);
        if (settings.get(url).isEmpty()) {
            return missing(url, kind);
        }
        try (BoundedHttpClient client = new BoundedHttpClient(CONNECT_LIMIT)) {
            return HttpApplicationCheck.of(
                    client,
                    new HttpApplicationCheck.Options(
                            ABOUT, name, settings.get(url).orElseThrow(), url.name()));
        }
    }

    private CheckResult chatwoot(String name, Kind kind) throws InterruptedException {
        for (Setting<? extends Optional<?>> needed :
                List.of(DestinationSettings.url(name), ChatwootSettings.inbox(name), ChatwootSettings.token(name))) {
            if (settings.get(needed).isEmpty()) {
                return missing(needed, kind);
            }
        }
        Setting<List<String>> callbacks = ChatwootSettings.callbackSecrets(name);
        if (settings.get(callbacks).isEmpty()) {
            return CheckResult.wrong(
                    ABOUT,
                    callbacks.name()
                            + " is missing: what people write in Chatwoot does not reach customers. The ingress"
                            + " needs it");
        }
        try (BoundedHttpClient client = new BoundedHttpClient(CONNECT_LIMIT)) {
            new ChatwootClient(
                            name,
                            ChatwootClient.Options.of(
                                    settings, name, CONNECT_LIMIT, settings.get(ApplicationSettings.MAX_ANSWER_BYTES)),
                            client,
                            InstantSource.system())
                    .check();
            return CheckResult.well(ABOUT, "The inbox of " + name + " in Chatwoot can be used");
        } catch (ChatwootFailed e) {
            return CheckResult.wrong(
                    ABOUT,
                    e.error().reason() + ": correct "
                            + DestinationSettings.url(name).name() + ", "
                            + ChatwootSettings.account(name).name() + ", "
                            + ChatwootSettings.inbox(name).name() + " or "
                            + ChatwootSettings.token(name).name());
        }
    }

    /// A model is asked for its head only, as an answer would cost money. Most answer 404 or 405, which
    /// shows that address and network are right.
    private CheckResult assistant(String name) throws InterruptedException {
        Setting<Optional<URI>> url = DestinationSettings.url(name);
        Optional<Setting<?>> missing = AssistantSettings.missing(settings, name, settings.get(url));
        if (missing.isPresent()) {
            return missing(missing.get(), Kind.ASSISTANT);
        }
        try (BoundedHttpClient client = new BoundedHttpClient(CONNECT_LIMIT)) {
            return HttpApplicationCheck.of(
                    client,
                    new HttpApplicationCheck.Options(
                            ABOUT, name, settings.get(url).orElse(AssistantSettings.OPENAI), url.name()));
        }
    }

    private CheckResult function(String name, Kind kind) {
        Setting<Optional<String>> function = ApplicationSettings.function(name);
        return settings.get(function)
                .map(given -> AwsFunctionCheck.of(new AwsFunctionCheck.Options(
                        ABOUT,
                        name,
                        given,
                        function.name(),
                        settings.get(ApplicationSettings.region(name)),
                        settings.get(ApplicationSettings.endpoint(name)),
                        AwsSettings.usesPlaceholder(settings))))
                .orElseGet(() -> missing(function, kind));
    }

    private List<CheckResult> queue(String name, Kind kind) {
        Setting<Optional<String>> queue = ApplicationSettings.queue(name);
        return settings.get(queue)
                .map(url -> AwsQueueCheck.of(
                        new QueueOptions(
                                ABOUT,
                                "The turns of " + name + " wait until it can be used: correct " + queue.name(),
                                url,
                                settings.get(ApplicationSettings.region(name)),
                                settings.get(ApplicationSettings.endpoint(name)),
                                AwsSettings.usesPlaceholder(settings),
                                1,
                                QueueOptions.LONG_POLL,
                                QueueOptions.LONG_POLL),
                        List.of(),
                        Optional.empty(),
                        ANY))
                .orElseGet(() -> List.of(missing(queue, kind)));
    }

    private static CheckResult missing(Setting<?> setting, Kind kind) {
        return CheckResult.wrong(
                ABOUT, setting.name() + " is missing, which a destination of the kind " + kind.word() + " needs");
    }
}

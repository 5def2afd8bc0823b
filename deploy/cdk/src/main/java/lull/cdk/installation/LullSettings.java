package lull.cdk.installation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.aggregator.stream.StreamSettings;
import lull.applications.ApplicationsService;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cli.Configuration;
import lull.cli.InstallationTopics;
import lull.cli.TopicPlan;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicKeeper.Layout;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;

/// Settings of Lull that follow from an installation, for all of its processes. The addresses of the
/// brokers are not among them: they are known only when the cluster exists. Pure.
public final class LullSettings {

    /// User of a database that the stacks create.
    public static final String DATABASE_USER = "lull";

    private LullSettings() {}

    /// Returns the settings by name. The installation's own settings override what is only suggested
    /// here, and nothing that follows from the rest of the file, see [#problems].
    public static Map<String, String> of(Installation installation) {
        Map<String, String> settings = new LinkedHashMap<>(decided(installation));
        settings.putAll(suggested(installation));
        installation.settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> settings.put(one.getKey(), one.getValue()));
        return settings;
    }

    /// Returns the same as environment variables.
    public static Map<String, String> environment(Installation installation) {
        Map<String, String> environment = new LinkedHashMap<>();
        // These two are read before there are settings.
        environment.put("LULL_LOG_FORMAT", "json");
        environment.put("LULL_MSK_IAM", "true");
        of(installation).forEach((name, value) -> environment.put(variable(name), value));
        installation.traces().ifPresent(traces -> {
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", traces.collector().toString());
            environment.put("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
            environment.put("OTEL_TRACES_SAMPLER_ARG", traces.share());
        });
        return environment;
    }

    /// Returns the settings as Lull reads them.
    public static Settings loaded(Installation installation) {
        return Configuration.load(Map.of(), of(installation));
    }

    /// Returns what Lull itself would find wrong with the settings, and what does not fit on the
    /// brokers.
    static List<String> problems(Installation installation) {
        List<String> problems = new ArrayList<>();
        Map<String, String> decided = decided(installation);
        installation.settings().keySet().stream()
                .filter(name -> decided.containsKey(name) || name.startsWith("kafka."))
                .sorted()
                .forEach(name -> problems.add("settings." + name
                        + " is decided by the rest of the file: remove it, and change the member that it depends on"));
        installation.settings().keySet().stream()
                .filter(name -> console(installation, List.of()).containsKey(name))
                .filter(name -> name.startsWith("console."))
                .sorted()
                .forEach(name -> problems.add("settings." + name
                        + " is decided by the member console of the file: remove it, and change that"));
        installation.settings().keySet().stream()
                .filter(name -> name.contains(".tls."))
                .sorted()
                .forEach(name -> problems.add("settings." + name
                        + " cannot be set: the load balancer, the health check and the collector of metrics call the"
                        + " ports of tasks without TLS, which security groups close to everyone else. Remove it"));
        installation.settings().keySet().stream()
                .filter(name -> ApplicationDestinations.isSecret(name) || ChannelSecrets.isSecret(name))
                .sorted()
                .forEach(name -> problems.add("settings." + name
                        + " is a secret, which templates must not show: put it into the member "
                        + name.replace('.', '-') + " of the secret"));
        if (!problems.isEmpty()) {
            return problems;
        }
        try {
            problems.addAll(plan(installation, loaded(installation)));
        } catch (CannotStart | IllegalArgumentException e) {
            problems.add("settings: " + e.getMessage());
        }
        return problems;
    }

    private static List<String> plan(Installation installation, Settings settings) {
        String type = "";
        int brokers = 3;
        if (installation.kafka() instanceof KafkaChoice.Provisioned cluster) {
            type = cluster.brokerType();
            brokers = cluster.brokers();
            List<String> types = TopicPlan.types(cluster.kind());
            if (!types.contains(type)) {
                return List.of(
                        "kafka.brokerType must be one of " + String.join(", ", types) + " (it is '" + type + "')");
            }
        }
        Installation.Sizes sizes = installation.sizes();
        int threads = settings.get(StreamSettings.THREADS)
                * settings.get(TopicSettings.INPUTS).size();
        return new TopicPlan(
                        InstallationTopics.of(settings),
                        Layout.of(settings),
                        new TopicPlan.Brokers(type, brokers),
                        new TopicPlan.Processes(
                                sizes.ingressMax(),
                                sizes.aggregator().tasks() * threads,
                                // The process for applications has fewer connections than a bridge.
                                sizes.bridge().tasks()
                                        + (ApplicationsService.isNeeded(settings)
                                                ? sizes.applications().tasks()
                                                : 0)
                                        + installation
                                                .archive()
                                                .map(_ -> sizes.archive().tasks())
                                                .orElse(0)))
                .problems().stream().map(problem -> "kafka: " + problem).toList();
    }

    /// The address of a database that the stacks create is known only when it exists.
    private static void archive(Installation installation, Map<String, String> settings) {
        installation.archive().ifPresent(database -> {
            if (database instanceof ArchiveDatabaseChoice.Existing existing) {
                settings.put("archive.jdbc.url", existing.url());
                settings.put("archive.jdbc.user", existing.user());
            } else {
                settings.put("archive.jdbc.user", DATABASE_USER);
            }
            // Only the doctor and the security groups in the file reach the archive.
            settings.put("doctor.archive.plain", "true");
        });
    }

    /// Returns the settings of the console alone, by name: the processes that it watches have names in the network of
    /// the installation.
    ///
    /// @param watched the processes that run
    public static Map<String, String> console(Installation installation, List<String> watched) {
        ResourceNames names = new ResourceNames(installation);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "console.watch",
                watched.stream()
                        .map(process -> "http://" + names.host(process) + ":" + Ports.ADMIN)
                        .collect(Collectors.joining(",")));
        settings.put("console.aggregator.url", "http://" + names.host("aggregator") + ":" + Ports.AGGREGATOR);
        if (installation.archive().isPresent()) {
            settings.put("console.archive.url", "http://" + names.host("archive") + ":" + Ports.ARCHIVE);
        }
        // Security groups let nobody else reach these ports.
        settings.put("console.sources.plain", "true");
        if (installation.console().flatMap(Installation.Console::door).isPresent()) {
            settings.put("console.https", "true");
            settings.put("http.idle.timeout", Ports.IDLE_SECONDS + "s");
        }
        return settings;
    }

    private static Map<String, String> decided(Installation installation) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.security.protocol", "SASL_SSL");
        settings.put("kafka.sasl.mechanism", "AWS_MSK_IAM");
        settings.put("kafka.sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;");
        settings.put(
                "kafka.sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
        settings.put("topics.for", installation.kafka().kind().word());
        settings.put("admin.port", Integer.toString(Ports.ADMIN));
        // The load balancer keeps idle connections for less time than that.
        settings.put("ingress.idle.timeout", Ports.IDLE_SECONDS + "s");
        settings.put("streams.state.dir", "/var/lib/lull/state");
        // Only aggregators can reach the port of aggregators: their security group says so.
        settings.put("aggregator.peers.plain", "true");
        archive(installation, settings);
        chats(installation, settings);
        files(installation, settings);
        return settings;
    }

    private static Map<String, String> suggested(Installation installation) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("streams.standbys", installation.sizes().aggregator().tasks() > 1 ? "1" : "0");
        // IAM logs in again on every connection, which needs more time.
        settings.put("turn.settle", "3s");
        if (installation.console().isPresent()) {
            settings.put("console.runbook.url", installation.operations().runbook());
        }
        return settings;
    }

    private static void chats(Installation installation, Map<String, String> settings) {
        ResourceNames names = new ResourceNames(installation);
        settings.put("connect.queue.url", names.queueUrl("chats"));
        List<BusinessNumber> numbers = installation.numbers();
        for (int i = 0; i < numbers.size(); i++) {
            BusinessNumber number = numbers.get(i);
            String suffix = i == 0 ? "" : "." + number.id();
            settings.put("connect.region" + suffix, number.region());
            settings.put("connect.instance.id" + suffix, number.instance());
            settings.put("connect.contact.flow.id" + suffix, number.flow());
            settings.put("connect.streaming.topic.arn" + suffix, names.chatTopicArn(number.region()));
        }
        if (numbers.size() > 1 || numbers.stream().anyMatch(BusinessNumber::hasOwnToken)) {
            settings.put(
                    "connect.numbers", numbers.stream().map(BusinessNumber::id).collect(Collectors.joining(",")));
        }
        if (installation.doors().hasReplies() && !numbers.isEmpty()) {
            settings.put("replies.business.number", numbers.getFirst().id());
        }
    }

    private static void files(Installation installation, Map<String, String> settings) {
        ResourceNames names = new ResourceNames(installation);
        if (installation.endUserMessaging().isPresent()) {
            settings.put("eum.queue.url", names.queueUrl("webhooks"));
            settings.put("eum.queue.region", installation.region());
            settings.put("whatsapp.eum.region", installation.region());
            settings.put("whatsapp.eum.bucket", names.bucket("media"));
            settings.put(
                    "whatsapp.eum.numbers",
                    installation.numbers().stream()
                            .flatMap(number -> number.endUserMessagingId().map(id -> number.id() + "=" + id).stream())
                            .collect(Collectors.joining(",")));
        }
        installation.store().ifPresent(store -> {
            settings.put("store.s3.bucket", names.bucket("files"));
            settings.put("store.s3.region", installation.region());
            Optional<String> baseUrl = store.baseUrl();
            baseUrl.ifPresent(url -> settings.put("store.base.url", url));
        });
        installation.keptFiles().ifPresent(kept -> {
            settings.put("media.kept", "s3://" + names.bucket("kept"));
            settings.put("media.kept.region", installation.region());
            settings.put("media.kept.for", kept.days() + "d");
        });
    }

    /// Returns the environment variable of a setting.
    public static String variable(String name) {
        String prefix = name.startsWith("kafka.") ? "" : "LULL_";
        return prefix + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}

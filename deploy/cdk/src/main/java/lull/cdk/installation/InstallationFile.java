package lull.cdk.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cdk.installation.Installation.EndUserMessaging;
import lull.cdk.installation.Installation.Images;
import lull.cdk.installation.Installation.KeptFiles;
import lull.cdk.installation.Installation.Operations;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cdk.installation.Installation.Sizes;
import lull.cdk.installation.Installation.Store;

/// Reader of the YAML file that describes an installation. `installations/example.yaml` explains every
/// member.
public final class InstallationFile {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /// The AWS Distro for OpenTelemetry.
    private static final String DEFAULT_COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0";

    private final List<String> problems = new ArrayList<>();
    private final Members file;

    private InstallationFile(JsonNode file) {
        this.file = new Members(file, "", problems);
    }

    /// Reads a file. Throws [WrongInstallation] with all problems at once.
    public static Installation read(Path path) {
        JsonNode tree;
        try {
            tree = YAML.readTree(Files.readString(path));
        } catch (JsonProcessingException e) {
            throw new WrongInstallation(path, List.of("It is not YAML: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new WrongInstallation(path, List.of("It cannot be read: " + e.getMessage()));
        }
        InstallationFile reader = new InstallationFile(tree);
        Installation installation = reader.installation();
        if (reader.problems.isEmpty()) {
            reader.problems.addAll(LullSettings.problems(installation));
        }
        if (!reader.problems.isEmpty()) {
            throw new WrongInstallation(path, reader.problems);
        }
        return installation;
    }

    private Installation installation() {
        String region = file.text("region", Form.REGION);
        Optional<EndUserMessaging> messaging = endUserMessaging();
        Installation installation = new Installation(
                file.text("name", Form.NAME),
                file.text("account", Form.ACCOUNT),
                region,
                new NetworkReader(file.object("network")).network(region),
                new KafkaReader(file.object("kafka")).kafka(),
                numbers(region, messaging.isPresent()),
                new DoorsReader(file.object("doors")).doors(region),
                messaging,
                store(),
                keptFiles(),
                file.has("archive")
                        ? Optional.of(new ArchiveReader(file.object("archive"), region).database())
                        : Optional.empty(),
                file.has("console")
                        ? Optional.of(new ConsoleReader(file.object("console")).console(region))
                        : Optional.empty(),
                operations(),
                images(),
                sizes(),
                file.flag("protected", false),
                file.text("secret", Form.SECRET),
                file.optional("secretKey", Form.KEY),
                logDays(),
                traces(),
                file.has("settings") ? file.object("settings").all() : Map.of());
        file.end();
        zonesOfBrokers(installation);
        HeapSizes.problems(installation).forEach((member, problem) -> file.wrong("sizes." + member, problem));
        return installation;
    }

    /// Amazon MSK puts as many brokers into each zone.
    private void zonesOfBrokers(Installation installation) {
        int zones = installation.network().zones().size();
        if (installation.kafka() instanceof KafkaChoice.Express && zones == 2) {
            file.wrong("network.zones", "must list 3 availability zones, because Express brokers need them");
        }
        if (installation.kafka() instanceof KafkaChoice.Standard standard
                && zones > 0
                && standard.brokers() % zones != 0) {
            file.wrong(
                    "kafka.brokers",
                    "must be a multiple of the number of zones, " + zones + " (it is '" + standard.brokers() + "')");
        }
    }

    private List<BusinessNumber> numbers(String region, boolean hasMessaging) {
        List<BusinessNumber> numbers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Members one : file.objects("numbers")) {
            BusinessNumber number = new BusinessNumber(
                    one.text("id", Form.NUMBER),
                    one.text("instance", Form.UUID),
                    one.text("flow", Form.UUID),
                    one.optional("region", Form.REGION).orElse(region),
                    one.optional("endUserMessaging", Form.MESSAGING_NUMBER),
                    one.flag("ownToken", false));
            if (!ids.add(number.id())) {
                one.wrong("id", "is in the list twice");
            }
            if (!SnsRegions.delivers(number.region(), region)) {
                one.wrong(
                        "region",
                        "must not be " + number.region() + ": Amazon SNS does not deliver from one Region that must be"
                                + " enabled to another, " + region + ". Make an installation in each");
            }
            if (number.endUserMessagingId().isPresent() && !hasMessaging) {
                one.wrong("endUserMessaging", "needs the member endUserMessaging of the file");
            }
            one.end();
            numbers.add(number);
        }
        if (numbers.isEmpty()) {
            file.wrong("numbers", "must list at least one business number");
        } else if (!numbers.getFirst().region().equals(region)) {
            file.wrong("numbers[0].region", "must be " + region + ", because the queue of chat events is there");
        }
        return numbers;
    }

    private Optional<EndUserMessaging> endUserMessaging() {
        if (!file.has("endUserMessaging")) {
            return Optional.empty();
        }
        Members messaging = file.object("endUserMessaging");
        EndUserMessaging read = new EndUserMessaging(
                messaging.text("account", Form.MESSAGING_ACCOUNT), messaging.number("fileDays", 1, 1, 30));
        messaging.end();
        return Optional.of(read);
    }

    private Optional<Store> store() {
        if (!file.has("store")) {
            return Optional.empty();
        }
        Members store = file.object("store");
        Store read = new Store(store.number("days", 30, 1, 3650), store.optional("baseUrl", Form.LINK));
        store.end();
        return Optional.of(read);
    }

    private Optional<KeptFiles> keptFiles() {
        if (!file.has("keptFiles")) {
            return Optional.empty();
        }
        Members kept = file.object("keptFiles");
        KeptFiles read = new KeptFiles(kept.number("days", 30, 1, 3650));
        kept.end();
        return Optional.of(read);
    }

    private Operations operations() {
        Members alarms = file.object("alarms");
        Operations read = new Operations(
                alarms.text("mail", Form.MAIL),
                alarms.text("runbook", Form.LINK),
                collector(),
                file.flag("exec", false));
        alarms.end();
        return read;
    }

    private Optional<Installation.Traces> traces() {
        if (!file.has("traces")) {
            return Optional.empty();
        }
        Members traces = file.object("traces");
        String collector = traces.text("collector", Form.COLLECTOR);
        String share = traces.optional("share", Form.SHARE).orElse("1");
        traces.end();
        // Anything else is reported, and nothing is built from it.
        return Form.COLLECTOR.matches(collector)
                ? Optional.of(new Installation.Traces(URI.create(collector), share))
                : Optional.empty();
    }

    private Optional<String> collector() {
        Members metrics = file.object("metrics");
        String image = metrics.optional("image", Form.IMAGE).orElse(DEFAULT_COLLECTOR);
        Optional<String> read = metrics.flag("enabled", true) ? Optional.of(image) : Optional.empty();
        metrics.end();
        return read;
    }

    private Images images() {
        Members images = file.object("images");
        String registry = images.text("registry", Form.REGISTRY);
        String[] parts = registry.split("[./]", 5);
        int slash = registry.indexOf('/');
        Images read = new Images(
                parts[0],
                parts.length > 3 ? parts[3] : "",
                slash < 0 ? "" : registry.substring(slash + 1) + "/",
                images.text("tag", Form.TAG),
                tags(images.object("tags")),
                images.word("architecture", "x86_64", List.of("x86_64", "arm64"))
                        .equals("arm64"));
        images.end();
        return read;
    }

    private static Map<String, String> tags(Members tags) {
        Map<String, String> read = new TreeMap<>();
        for (String process : List.of("ingress", "aggregator", "bridge", "applications", "archive", "console")) {
            tags.optional(process, Form.TAG).ifPresent(tag -> read.put(process, tag));
        }
        tags.end();
        return read;
    }

    private Sizes sizes() {
        Members sizes = file.object("sizes");
        Members ingress = sizes.object("ingress");
        ServiceSize size = size(ingress, 512, 1_024);
        int max = ingress.number("maxTasks", Math.max(size.tasks(), 8), size.tasks(), 500);
        Members aggregator = sizes.object("aggregator");
        Members bridge = sizes.object("bridge");
        Members applications = sizes.object("applications");
        Members archive = sizes.object("archive");
        Members console = sizes.object("console");
        int restoreMinutes = aggregator.number(
                "restoreMinutes", Sizes.SHORTEST_RESTORE, Sizes.SHORTEST_RESTORE, Sizes.LONGEST_RESTORE);
        Sizes read = new Sizes(
                size,
                max,
                size(aggregator, 512, 2_048),
                restoreMinutes,
                size(bridge, 512, 2_048),
                size(applications, 512, 2_048),
                size(archive, 512, 1_024),
                // Who is signed in is in its memory.
                size(console, 1, 512, 1_024));
        List.of(ingress, aggregator, bridge, applications, archive, console, sizes)
                .forEach(Members::end);
        return read;
    }

    private static ServiceSize size(Members size, int cpu, int memory) {
        return size(size, size.number("tasks", 2, 1, 500), cpu, memory);
    }

    private static ServiceSize size(Members size, int tasks, int cpu, int memory) {
        ServiceSize read = new ServiceSize(
                tasks,
                size.number("cpu", cpu, 256, 16_384),
                size.number("memory", memory, 512, 122_880),
                size.has("heap") ? Optional.of(size.number("heap", 384, 256, 122_880)) : Optional.empty(),
                size.number("disk", ServiceSize.FREE_DISK, ServiceSize.FREE_DISK, 200));
        FargateSizes.problem(read).ifPresent(problem -> size.wrong("memory", problem));
        return read;
    }

    private int logDays() {
        int days = file.number("logDays", 30, 1, 731);
        if (!LogDays.ALL.contains(days)) {
            file.wrong("logDays", "must be one of " + LogDays.words() + " (it is '" + days + "')");
        }
        return days;
    }
}

package lull.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import lull.applications.ApplicationCheck;
import lull.bridge.BridgeCheck;
import lull.cli.json.JsonOutput;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topics;
import lull.ingress.IngressCheck;
import lull.ingress.IngressSettings;
import lull.runtime.CannotStart;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.Durations;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull doctor`: checks whether an installation works; exit code 1 if something is wrong.
@Command(
        name = "doctor",
        description = {
            "Checks whether an installation works: Kafka, topics and consumer groups, the running processes, queues,"
                    + " Amazon Connect, WhatsApp, applications, the archive, clocks. It changes nothing.",
            "With --to it also sends one message to a test phone through a running bridge, and waits until a running"
                    + " ingress has received WhatsApp's status of it. A message that is not sent by then is not sent"
                    + " later.",
            "Each line begins with OK, FAIL, or ? (cannot be checked from here). The exit code is 1 if any line"
                    + " begins with FAIL. With --json the states are ok, fail and unknown."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "phone_number_id of a business number. Default: those in the settings.")
    private @Nullable String number;

    @Option(
            names = "--to",
            paramLabel = "PHONE",
            description = "Number of a test phone, in digits, that receives" + " one message.")
    private @Nullable String phone;

    @Option(
            names = "--text",
            defaultValue = "This is a test message from Lull. You need not do anything.",
            description = "Text of the message. Default: ${DEFAULT-VALUE}")
    private String text = "";

    @Option(
            names = "--template",
            paramLabel = "NAME/LANGUAGE",
            description = "Template without parameters that is sent instead of the text: after the care window"
                    + " WhatsApp accepts only templates.")
    private @Nullable String template;

    @Option(
            names = "--patience",
            defaultValue = "60s",
            description = "How long to wait for the status. Default: ${DEFAULT-VALUE}")
    private String patience = "";

    @Mixin
    private final TlsClient tls = new TlsClient();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Duration limit = limit();
        Optional<ReplyContent> content = phone == null ? Optional.empty() : Optional.of(content());
        Settings settings = configuration.load(Configuration::known);
        KafkaSetup kafka = KafkaSetup.of(settings);
        List<CheckResult> ofTopics = CheckResult.of("Kafka", () -> topics(settings, kafka));
        boolean isWell = tell(ofTopics);
        GroupCheck groups = new GroupCheck(settings);
        try (BoundedHttpClient client = tls.client(CONNECT_LIMIT)) {
            if (!isWithoutBroker(ofTopics)) {
                isWell &= tell("groups", () -> groups.findings(kafka));
            }
            isWell &= tell("process", () -> new ProcessCheck(client).findings(settings, groups.hosts()));
            isWell &= tell("ingress", () -> IngressCheck.of(settings));
            isWell &= tell("bridge", () -> BridgeCheck.of(settings, numbers(settings)));
            isWell &= tell(ApplicationCheck.ABOUT, () -> ApplicationCheck.of(settings));
            ArchiveDoctor archive = new ArchiveDoctor(settings, InstantSource.system());
            Optional<KafkaSetup> usable = isWithoutBroker(ofTopics) ? Optional.empty() : Optional.of(kafka);
            isWell &= tell(ArchiveDoctor.ABOUT, () -> archive.database(usable));
            isWell &= tell(ArchiveDoctor.ABOUT, () -> archive.api(client));
            isWell &= tell("clock", () -> clocks(settings, new ClockCheck(client, InstantSource.system())));
        }
        if (isWell && content.isPresent()) {
            Reply reply = reply(settings, content.get(), limit);
            isWell = tell("reply", () -> new TrialReply(kafka, reply, limit).send());
        }
        return isWell ? 0 : 1;
    }

    /// Checks the clock against WhatsApp and AWS; processes compare theirs with the broker's clock.
    private static List<CheckResult> clocks(Settings settings, ClockCheck check) throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        for (Map.Entry<String, URI> each : BridgeCheck.addresses(settings).entrySet()) {
            findings.addAll(CheckResult.of(
                    "clock",
                    () -> check.finding(each.getKey(), each.getValue()).stream().toList()));
        }
        return findings;
    }

    private static boolean isWithoutBroker(List<CheckResult> ofTopics) {
        return ofTopics.stream().anyMatch(finding -> finding.words().startsWith("Kafka cannot be used: "));
    }

    /// Returns the rights on topics that it needs. A reply is written, and its outcome is read, only if
    /// there is a test phone.
    private List<KafkaAccess.Right> rights(Settings settings) {
        if (phone != null) {
            return InstallationTopics.rights(
                    settings,
                    KafkaAccess.DOCTOR,
                    Set.of(
                            AclOperation.DESCRIBE,
                            AclOperation.DESCRIBE_CONFIGS,
                            AclOperation.READ,
                            AclOperation.WRITE));
        }
        List<KafkaAccess.Right> rights = new ArrayList<>(InstallationTopics.rights(
                settings, KafkaAccess.DOCTOR, Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)));
        InstallationTopics.rights(settings, KafkaAccess.DOCTOR, Set.of(AclOperation.READ)).stream()
                .filter(right -> right.name().equals(Topics.TOPIC_LAYOUT.name()))
                .forEach(rights::add);
        return rights;
    }

    private List<CheckResult> topics(Settings settings, KafkaSetup kafka) throws InterruptedException {
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            List<String> problems =
                    keeper.check(InstallationTopics.of(settings), TopicKeeper.Layout.of(settings), rights(settings));
            return problems.isEmpty()
                    ? List.of(CheckResult.well("Kafka", "All topics are correct"))
                    : problems.stream()
                            .map(problem -> CheckResult.wrong("Kafka", problem))
                            .toList();
        } catch (CannotStart e) {
            return List.of(CheckResult.wrong("Kafka", String.valueOf(e.getMessage())));
        }
    }

    /// Returns the business numbers in the settings.
    private Set<String> numbers(Settings settings) {
        Set<String> numbers = new LinkedHashSet<>();
        if (number != null) {
            numbers.add(number);
        } else {
            IngressSettings.replyNumber(settings).ifPresent(numbers::add);
            numbers.addAll(settings.get(NumberSettings.NUMBERS));
        }
        return numbers;
    }

    private Reply reply(Settings settings, ReplyContent content, Duration limit) {
        Instant now = Instant.now();
        String to = String.valueOf(phone);
        String from = Optional.ofNullable(number)
                .or(() -> IngressSettings.replyNumber(settings))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--number is required, because replies.business.number is not set"));
        return new Reply(
                ReplyIds.ofApplication("doctor-" + UUID.randomUUID()),
                new ConversationKey(from, to),
                new Customer(null, to, null),
                new ReplyOrigin.Application("lull doctor"),
                content,
                now,
                null,
                // A request that the doctor has given up is not sent any more.
                now.plus(limit));
    }

    private ReplyContent content() {
        if (!String.valueOf(phone).matches("[0-9]{5,20}")) {
            throw new ParameterException(spec.commandLine(), "--to must be a phone number in digits");
        }
        if (template == null) {
            return new ReplyContent.Text(text);
        }
        String[] words = template.split("/", -1);
        if (words.length != 2 || words[0].isBlank() || words[1].isBlank()) {
            throw new ParameterException(spec.commandLine(), "--template must be such as hello_world/en_US");
        }
        return new ReplyContent.Template(words[0], words[1], null, null);
    }

    private Duration limit() {
        try {
            return Durations.parse(patience);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--patience " + e.getMessage(), e);
        }
    }

    private static String word(CheckResult.State state) {
        return switch (state) {
            case OK -> "OK";
            case FAIL -> "FAIL";
            case UNKNOWN -> "?";
        };
    }

    /// Returns a finding for programs.
    static Map<String, Object> json(CheckResult finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", finding.state().name().toLowerCase(Locale.ROOT));
        json.put("about", finding.about());
        json.put("text", finding.words());
        return json;
    }

    private boolean tell(String about, CheckResult.Check check) throws InterruptedException {
        return tell(CheckResult.of(about, check));
    }

    private boolean tell(List<CheckResult> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (CheckResult finding : findings) {
            if (json.isWanted()) {
                JsonOutput.print(json(finding), out);
            } else {
                out.printf("%-6s %-16s %s%n", word(finding.state()), finding.about(), finding.words());
            }
        }
        out.flush();
        return findings.stream().allMatch(CheckResult::isWell);
    }
}

package lull.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import lull.bridge.BridgeCheck;
import lull.bridge.ChatSettings;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.ingress.IngressSettings;
import lull.runtime.CannotStart;
import lull.runtime.Finding;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull doctor`: looks whether an installation can work; exit code 1 where something is wrong.
@Command(
        name = "doctor",
        description = {
            "Looks whether an installation can work: Kafka and its topics, Amazon Connect, WhatsApp. It changes nothing.",
            "With --to it also sends one message to a test phone, by a running bridge, and waits for WhatsApp's status"
                    + " of it at a running ingress."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "A business number's phone_number_id. Default: those that the settings name")
    private @Nullable String number;

    @Option(names = "--to", paramLabel = "PHONE", description = "A test phone, in digits, that gets one message.")
    private @Nullable String phone;

    @Option(
            names = "--text",
            defaultValue = "Lull looks whether it is well. There is nothing to do.",
            description = "What it gets. Default: ${DEFAULT-VALUE}")
    private String text = "";

    @Option(
            names = "--template",
            paramLabel = "NAME/LANGUAGE",
            description = "A template without parameters, sent instead of the text: outside of the care window WhatsApp"
                    + " takes nothing else.")
    private @Nullable String template;

    @Option(
            names = "--patience",
            defaultValue = "60s",
            description = "How long the status may take. Default: ${DEFAULT-VALUE}")
    private String patience = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Duration limit = limit();
        Optional<ReplyContent> content = phone == null ? Optional.empty() : Optional.of(content());
        Settings settings = configuration.load(Configuration::known);
        KafkaSetup kafka = KafkaSetup.of(settings);
        boolean isWell = tell(topics(settings, kafka));
        isWell &= tell(BridgeCheck.of(settings, numbers(settings)));
        if (isWell && content.isPresent()) {
            isWell = tell(new TrialReply(kafka, reply(settings, content.get()), limit).send());
        }
        return isWell ? 0 : 1;
    }

    private static List<Finding> topics(Settings settings, KafkaSetup kafka) throws InterruptedException {
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            List<String> problems = keeper.check(InstallationTopics.of(settings), TopicKeeper.Layout.of(settings));
            return problems.isEmpty()
                    ? List.of(Finding.well("Kafka", "Every topic is as it must be"))
                    : problems.stream()
                            .map(problem -> Finding.wrong("Kafka", problem))
                            .toList();
        } catch (CannotStart | IllegalStateException e) {
            return List.of(Finding.wrong("Kafka", String.valueOf(e.getMessage())));
        }
    }

    /// The business numbers that the settings name.
    private Set<String> numbers(Settings settings) {
        Set<String> numbers = new LinkedHashSet<>();
        if (number != null) {
            numbers.add(number);
        } else {
            IngressSettings.replyNumber(settings).ifPresent(numbers::add);
            numbers.addAll(settings.get(ChatSettings.NUMBERS));
        }
        return numbers;
    }

    private Reply reply(Settings settings, ReplyContent content) {
        String to = String.valueOf(phone);
        String from = Optional.ofNullable(number)
                .or(() -> IngressSettings.replyNumber(settings))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--number is needed, as replies.business.number names none"));
        return new Reply(
                "app-doctor-" + UUID.randomUUID(),
                new ConversationKey(from, to),
                new Customer(null, to, null),
                new ReplyOrigin.Application("lull doctor"),
                content,
                Instant.now());
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

    private boolean tell(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : findings) {
            out.printf("%-6s %-15s %s%n", finding.isWell() ? "ok" : "WRONG", finding.about(), finding.words());
        }
        out.flush();
        return findings.stream().allMatch(Finding::isWell);
    }
}

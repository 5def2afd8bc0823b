package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.aggregator.AggregatorSettings;
import lull.cli.erasure.GivenIds;
import lull.cli.erasure.TopicErasure;
import lull.cli.erasure.TopicErasure.Contact;
import lull.cli.erasure.TopicErasure.Held;
import lull.cli.erasure.TopicErasure.Remembered;
import lull.contract.Masking;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull erase`: deletes what Lull keeps of a customer; exit code 1 if something is left that does not
/// end by itself.
@Command(
        name = "erase",
        description = {
            "Deletes what Lull keeps of a customer who asked to be forgotten: chats, aliases, wishes and begun conversations in Kafka, what the"
                    + " aggregators remember, all rows of the archive, and files of the media store. Says what topics still have until their"
                    + " retention ends, and which contacts Amazon Connect has.",
            "docs/privacy.md lists what is kept. Deleted data cannot be brought back: see first with"
                    + " --dry-run, which also checks afterwards that nothing is left.",
            "If others may read the command line, give the ids with LULL_ERASE_IDS instead: see erase.ids in"
                    + " docs/configuration.md."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {

    private static final Duration MOST = Duration.ofHours(1);

    @Option(
            names = "--phone",
            paramLabel = "NUMBER",
            description = "A phone number of the customer, in digits with the country code, such as 15550001001.")
    private List<String> phones = List.of();

    @Option(
            names = "--user-id",
            paramLabel = "ID",
            description = "A user id of the customer, such as US.13491208655302741918.")
    private List<String> userIds = List.of();

    @Option(names = "--dry-run", description = "Only says what would be deleted.")
    private boolean dryRun;

    @Option(
            names = "--except",
            paramLabel = "ID",
            description =
                    "A phone number or user id that is of somebody else, although chats, changes of ids or the archive"
                            + " relate it to the customer, such as that of the person who has the phone number now.")
    private List<String> exceptions = List.of();

    @Option(
            names = "--without-archive",
            description =
                    "Erase although no archive answers. Only for installations that have none: what an archive has"
                            + " stays there.")
    private boolean withoutArchive;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long to wait for the aggregators, which forget when no turn of the customer is open."
                    + " Default: ${DEFAULT-VALUE}")
    private String limit = "2m";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name to record as author. Default: the user of this machine.",
            showDefaultValue = Help.Visibility.NEVER)
    private String by = "";

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Mixin
    private final Configuration configuration = new Configuration();

    @Spec
    private CommandSpec spec;

    /// What was found and done.
    private static final class Outcome {
        private final Set<String> ids;
        private final boolean isMasked;
        private final Set<String> related = new TreeSet<>();
        private final Map<String, Long> erased = new LinkedHashMap<>();
        private final Map<String, Boolean> contacts = new TreeMap<>();
        private final List<Held> stays = new ArrayList<>();
        private final Set<String> sharedFiles = new TreeSet<>();
        private final List<String> left = new ArrayList<>();

        /// What the archive had before; nothing if there is none.
        private JsonNode inArchive = Json.object();

        /// @param isMasked whether what is printed may be read by others
        Outcome(Set<String> ids, boolean isMasked) {
            this.ids = ids;
            this.isMasked = isMasked;
        }

        List<String> shown(Set<String> personal) {
            return personal.stream()
                    .map(id -> isMasked ? Masking.masked(id) : id)
                    .toList();
        }

        boolean isUnknown() {
            return erased.isEmpty() && contacts.isEmpty() && stays.isEmpty() && related.isEmpty() && left.isEmpty();
        }
    }

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        Settings settings = configuration.load(several -> {
            List<Setting<?>> all = new ArrayList<>(
                    AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
            all.addAll(EraseSettings.ALL);
            return all;
        });
        GivenIds ids = settings.get(EraseSettings.IDS);
        Outcome outcome = new Outcome(given(ids), !ids.ofCustomer().isEmpty());
        Duration wait = wait(limit);
        KafkaSetup kafka = KafkaSetup.of(settings);
        List<Topic> topics = InstallationTopics.of(settings).stream()
                .filter(topic -> !topic.equals(Topics.TOPIC_LAYOUT))
                .toList();
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.requirePresent(
                    topics,
                    InstallationTopics.rights(
                            settings,
                            KafkaAccess.ERASE,
                            dryRun ? Set.of(AclOperation.READ) : EnumSet.of(AclOperation.READ, AclOperation.WRITE)));
        }
        PrintWriter err = spec.commandLine().getErr();
        try (TopicErasure erasure = new TopicErasure(kafka, settings.get(TopicSettings.INPUTS), topics, err::println)) {
            erasure.load();
            find(erasure, outcome, ids.ofOthers());
            if (!outcome.related.isEmpty()) {
                // Once the customer is erased, nothing relates these ids any more.
                outcome.left.add("Nothing " + (dryRun ? "would be" : "was")
                        + " deleted yet, because it is not clear whose the" + " related ids are");
            }
            if (dryRun || outcome.related.isEmpty()) {
                endChats(erasure, wait, outcome);
                erase(erasure, wait, outcome);
            }
            outcome.stays.addAll(erasure.held(outcome.ids, outcome.contacts.keySet()));
        }
        print(outcome);
        return outcome.left.isEmpty() ? 0 : 1;
    }

    private void find(TopicErasure erasure, Outcome outcome, Set<String> others)
            throws InterruptedException, UnreadableJson {
        outcome.related.addAll(erasure.related(outcome.ids));
        outcome.inArchive = ofArchive(outcome.ids, true);
        outcome.inArchive.path("related").forEach(id -> outcome.related.add(id.asText()));
        Set<String> ofOthers = Stream.concat(exceptions.stream().map(GivenIds::digits), others.stream())
                .collect(Collectors.toSet());
        outcome.related.removeAll(ofOthers);
        for (Contact contact : erasure.contacts(outcome.ids)) {
            outcome.contacts.put(contact.id(), contact.isOpen());
        }
        long chats = erasure.others(outcome.ids, ofOthers);
        if (chats > 0) {
            outcome.left.add(
                    "connect.chat has " + chats + " chats of groups or of other customers with an id of this one,"
                            + " until chat.kept.after.end after their end");
        }
    }

    /// Ends the customer's open chats first, so that the other steps find all that they leave.
    private void endChats(TopicErasure erasure, Duration wait, Outcome outcome) throws InterruptedException {
        long open = open(outcome);
        if (open > 0 && !dryRun) {
            erasure.endChats(outcome.ids, wait);
            erasure.contacts(outcome.ids).forEach(contact -> outcome.contacts.put(contact.id(), contact.isOpen()));
            outcome.contacts.forEach((contact, isOpen) -> {
                if (isOpen) {
                    outcome.left.add("The chat " + contact + " is open, because no bridge has ended it within "
                            + Durations.text(wait) + ": start one, or end the chat in Amazon Connect, and run the"
                            + " command again");
                }
            });
            open -= open(outcome);
        }
        if (open > 0) {
            outcome.erased.put("open chats, which end", open);
        }
    }

    private static long open(Outcome outcome) {
        return outcome.contacts.values().stream().filter(isOpen -> isOpen).count();
    }

    private void erase(TopicErasure erasure, Duration wait, Outcome outcome)
            throws InterruptedException, UnreadableJson {
        if (dryRun) {
            erasure.remembered(outcome.ids)
                    .forEach(one -> outcome.erased.merge("aggregator of " + one.input(), 1L, Long::sum));
        } else {
            forget(erasure, wait, outcome);
        }
        archive(outcome);
        outcome.erased.putAll(erasure.eraseCompacted(outcome.ids, dryRun));
    }

    private Set<String> given(GivenIds ids) {
        Set<String> given = new LinkedHashSet<>(ids.ofCustomer());
        for (String phone : phones) {
            String digits = GivenIds.digits(phone);
            require(GivenIds.isPhone(digits), "--phone must be a number in digits with the country code");
            given.add(digits);
        }
        for (String id : userIds) {
            require(GivenIds.isUserId(id), "--user-id must be an id such as US.13491208655302741918");
            given.add(id);
        }
        require(!given.isEmpty(), "Give the customer with --phone or --user-id, or with the variable LULL_ERASE_IDS");
        return given;
    }

    private void require(boolean isGiven, String problem) {
        if (!isGiven) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    private Duration wait(String text) {
        try {
            Duration wait = Durations.parse(text);
            require(!wait.isNegative() && wait.compareTo(MOST) <= 0, "--wait must be from 0s to 1h");
            return wait;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--wait: " + e.getMessage(), e);
        }
    }

    private JsonNode ofArchive(Set<String> ids, boolean isDryRun) throws InterruptedException, UnreadableJson {
        return withoutArchive
                ? Json.object()
                : archive.post("/erasures", Map.of("ids", ids, "dryRun", isDryRun, "by", by));
    }

    private void forget(TopicErasure erasure, Duration wait, Outcome outcome) throws InterruptedException {
        TopicErasure.Forgotten forgotten = erasure.forget(outcome.ids, wait);
        forgotten.asked().stream()
                .filter(one -> !forgotten.left().contains(one))
                .forEach(one -> outcome.erased.merge("aggregator of " + one.input(), 1L, Long::sum));
        forgotten.left().stream()
                .map(Remembered::input)
                .distinct()
                .forEach(input -> outcome.left.add("The aggregator of " + input + " has not forgotten within "
                        + Durations.text(wait)
                        + ": it does not run, or a turn of the customer is open. Run the command again"));
    }

    private void archive(Outcome outcome) throws InterruptedException, UnreadableJson {
        JsonNode answer = dryRun ? outcome.inArchive : ofArchive(outcome.ids, false);
        answer.path("rows")
                .properties()
                .forEach(row -> outcome.erased.put(
                        "archive, table " + row.getKey(), row.getValue().asLong()));
        if (!answer.path("files").isEmpty()) {
            outcome.erased.put("media store, files", (long) answer.path("files").size());
        }
        answer.path("sharedFiles").forEach(file -> outcome.sharedFiles.add(file.asText()));
        if (answer.path("filesLeft").asInt() > 0) {
            outcome.left.add(answer.path("filesLeft").asInt()
                    + " files of erased customers are still in the media store. The archive deletes them when the store"
                    + " answers and the archive is not behind the topics. Check media.kept of the archive, and run the"
                    + " command again with --dry-run");
        }
        answer.path("contacts").forEach(contact -> outcome.contacts.putIfAbsent(contact.asText(), false));
        if (!dryRun) {
            long rows = 0;
            for (JsonNode count : ofArchive(outcome.ids, true).path("rows")) {
                rows += count.asLong();
            }
            if (rows > 0) {
                outcome.left.add(rows + " rows of the archive came after the erasure: run the command again");
            }
        }
    }

    private void print(Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        if (archive.isJson()) {
            out.println(Json.text(json(outcome)));
        } else {
            printText(outcome, out);
        }
        out.flush();
    }

    private Map<String, Object> json(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dryRun", dryRun);
        json.put("ids", outcome.shown(outcome.ids));
        json.put("related", outcome.shown(outcome.related));
        json.put("erased", outcome.erased);
        json.put("stays", outcome.stays);
        json.put("sharedFiles", outcome.sharedFiles);
        json.put("contacts", outcome.contacts.keySet());
        json.put("left", outcome.left);
        return json;
    }

    private void printText(Outcome outcome, PrintWriter out) {
        if (outcome.isUnknown()) {
            out.println("Lull has nothing with these ids. Check that they are written as WhatsApp writes them");
            return;
        }
        out.println(dryRun ? "Would be deleted:" : "Deleted:");
        if (outcome.erased.isEmpty()) {
            out.println("  nothing");
        }
        outcome.erased.forEach((place, count) -> out.printf("  %-58s %10d%n", place, count));
        if (!outcome.related.isEmpty()) {
            out.println();
            out.println(
                    outcome.isMasked
                            ? "Related ids. Find each with `bin/lull conversations` or in the console, and give it, too:"
                                    + " after ! if it is of somebody else:"
                            : "Related ids. Give each with --phone or --user-id if it is of the same customer, or with"
                                    + " --except if it is of somebody else:");
            outcome.shown(outcome.related).forEach(id -> out.println("  " + id));
        }
        if (!outcome.stays.isEmpty()) {
            out.println();
            out.println("Stays in Kafka until its retention ends, about, or until the broker compacts the topic:");
            outcome.stays.forEach(held -> {
                Instant until = held.until();
                out.printf(
                        "  %-58s %10d  %s%n",
                        held.topic(),
                        held.records(),
                        until == null ? "compaction" : until.truncatedTo(ChronoUnit.SECONDS));
            });
        }
        if (!outcome.sharedFiles.isEmpty()) {
            out.println();
            out.println("Files that stay in the media store, because messages of others have the same bytes:");
            outcome.sharedFiles.forEach(file -> out.println("  " + file));
        }
        if (!outcome.contacts.isEmpty()) {
            out.println();
            out.println("Contacts in Amazon Connect, whose data Lull cannot delete (docs/privacy.md says how):");
            outcome.contacts.forEach((contact, isOpen) -> out.println("  " + contact + (isOpen ? "  open" : "")));
        }
        if (!outcome.left.isEmpty()) {
            out.println();
            out.println("Left:");
            outcome.left.forEach(one -> out.println("  " + one + "."));
        }
    }
}

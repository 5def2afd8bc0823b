package lull.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import lull.cli.deadletters.DeadLetter;
import lull.cli.deadletters.DeadLetterBatch;
import lull.cli.deadletters.DeadLetterFilter;
import lull.cli.deadletters.DeadLetterStore;
import lull.cli.json.JsonOutput;
import lull.contract.DeadLetterHandled;
import lull.contract.DeadLetterHandled.Action;
import lull.contract.VisibleLine;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.settings.Durations;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull dlq`: what to do with records that could not be handled.
@Command(
        name = "dlq",
        description = {
            "Shows dead letters, which are records that could not be handled, sends them again, and discards them.",
            "docs/runbook.md describes the reasons."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeadLetterCommand.ListAll.class,
            DeadLetterCommand.Show.class,
            DeadLetterCommand.Replay.class,
            DeadLetterCommand.Discard.class
        })
final class DeadLetterCommand {

    /// After how many dead letters a long run says how far it is.
    private static final int PROGRESS = 10_000;

    /// The installation whose dead letters they are.
    static final class Installation {

        @Mixin
        private final Configuration configuration = new Configuration();

        /// @param needed operations on topics that the command performs
        private DeadLetterStore open(Set<AclOperation> needed) throws InterruptedException {
            return DeadLetterAccess.checked(configuration.load(DeadLetterAccess::settings), needed);
        }
    }

    /// Options that choose dead letters.
    static final class Choice {

        @Parameters(
                paramLabel = "ID",
                arity = "0..*",
                description = "Only these dead letters, such as whatsapp.turn.closed.dlq-3-17.")
        private List<String> ids = List.of();

        @Option(
                names = "--topic",
                paramLabel = "TOPIC",
                description = "Only dead letters of this topic, with or without .dlq.")
        private @Nullable String topic;

        @Option(
                names = "--reason",
                paramLabel = "REASON",
                description = "Only those with this reason, such as refused.")
        private @Nullable String reason;

        @Option(
                names = "--conversation",
                paramLabel = "KEY",
                description = "Only those of a conversation, such as '106540352242922|15550001001', or of a customer in"
                        + " all conversations.")
        private @Nullable String conversation;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "Only those from this time on, such as 2026-03-01T10:00:00Z, or from so long ago, such as"
                        + " 2h.")
        private @Nullable String since;

        @Option(names = "--until", paramLabel = "TIME", description = "Only those before this time, given likewise.")
        private @Nullable String until;

        private DeadLetterFilter filter(CommandSpec spec, boolean withHandled) {
            return new DeadLetterFilter(
                    new LinkedHashSet<>(ids),
                    topic,
                    reason,
                    conversation,
                    time(spec, "--since", since),
                    time(spec, "--until", until),
                    withHandled);
        }

        private boolean hasIds() {
            return !ids.isEmpty();
        }

        /// Throws [CannotStart] if a topic is named that the installation does not have.
        private void check(DeadLetterStore store) {
            if (topic != null && !store.hasTopic(topic)) {
                throw new CannotStart("This installation has no topic " + topic
                        + " with dead letters: `bin/lull topics list` shows its topics");
            }
        }

        /// Throws [CannotStart] if there are none of some ids.
        private void checkFound(Set<String> found) {
            List<String> missing =
                    ids.stream().filter(id -> !found.contains(id)).toList();
            if (!missing.isEmpty()) {
                throw missing(missing);
            }
        }

        private static @Nullable Instant time(CommandSpec spec, String option, @Nullable String text) {
            if (text == null) {
                return null;
            }
            return Timestamps.ofIso(text).orElseGet(() -> ago(spec, option, text));
        }

        private static Instant ago(CommandSpec spec, String option, String text) {
            try {
                return Instant.now().minus(Durations.parse(text));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " must be a time such as 2026-03-01T10:00:00Z or a duration such as 2h, not " + text,
                        e);
            }
        }
    }

    /// `lull dlq list`: the dead letters, without what customers wrote.
    @Command(
            name = "list",
            description = "Lists the dead letters with which nothing was done yet, without their content.",
            mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private final Choice choice = new Choice();

        @Option(names = "--all", description = "Also lists those that were replayed or discarded.")
        private boolean all;

        @Option(
                names = "--json",
                description = "Prints each as a JSON object in a line of its own, with its key unmasked.")
        private boolean json;

        @Mixin
        private final Installation installation = new Installation();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            Map<String, Integer> counts = new LinkedHashMap<>();
            DeadLetterFilter filter = choice.filter(spec, all);
            try (DeadLetterStore store = installation.open(DeadLetterAccess.READING)) {
                choice.check(store);
                store.forEach(filter, letter -> {
                    counts.merge(letter.topic() + ", " + letter.reason(), 1, Integer::sum);
                    out.println(json ? new String(Json.bytes(letter.facts()), StandardCharsets.UTF_8) : line(letter));
                });
            }
            if (!json) {
                print(counts, out);
            }
            return 0;
        }

        private static String line(DeadLetter letter) {
            String done = letter.handled() == null ? "" : " (" + doneWith(letter) + ")";
            return letter.id() + "  " + letter.at() + "  " + letter.reason() + "  "
                    + (letter.key().isEmpty() ? "-" : letter.maskedKey()) + "  " + letter.message() + done;
        }

        private static void print(Map<String, Integer> counts, PrintWriter out) {
            if (counts.isEmpty()) {
                out.println("No dead letters.");
            } else if (counts.values().stream().mapToInt(Integer::intValue).sum() > 1) {
                out.println();
                counts.forEach((what, count) -> out.println(count + " of " + what));
            }
        }
    }

    /// `lull dlq show`: one dead letter.
    @Command(
            name = "show",
            description =
                    "Shows a dead letter: why it is one, what was done with it, and whether it could be handled now.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "ID", description = "The dead letter, as lull dlq list names it.")
        private String id = "";

        @Option(
                names = "--value",
                description = "Also prints its value, which may contain what customers and agents wrote.")
        private boolean value;

        @Mixin
        private final Installation installation = new Installation();

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            AtomicInteger shown = new AtomicInteger();
            try (DeadLetterStore store = installation.open(DeadLetterAccess.READING)) {
                store.forEach(new DeadLetterFilter(Set.of(id), null, null, null, null, null, true), letter -> {
                    shown.incrementAndGet();
                    if (json.isWanted()) {
                        JsonOutput.print(json(letter, store.problem(letter).orElse(null), value), out);
                    } else {
                        print(store, letter, out);
                    }
                });
            }
            if (shown.get() == 0) {
                throw missing(List.of(id));
            }
            return 0;
        }

        /// Header of a dead letter.
        private record HeaderText(String name, String value) {}

        /// Returns a dead letter for programs, with its key masked.
        ///
        /// @param problem why it could not be handled now; null: it could be
        static Map<String, Object> json(DeadLetter letter, @Nullable String problem, boolean withValue) {
            Map<String, Object> json = letter.facts();
            if (!letter.key().isEmpty()) {
                json.put("key", letter.maskedKey());
            }
            List<HeaderText> headers = new ArrayList<>();
            for (Header header : letter.record().headers()) {
                if (!header.key().startsWith("__")) {
                    headers.add(new HeaderText(header.key(), text(header.value())));
                }
            }
            json.put("headers", headers);
            json.put("wouldBeHandled", problem == null);
            if (problem != null) {
                json.put("problem", problem);
            }
            byte[] bytes = letter.record().value();
            if (withValue && bytes != null) {
                json.put("value", value(bytes));
            }
            return json;
        }

        /// A value that is JSON as it is, else as text.
        private static Object value(byte[] bytes) {
            try {
                return Json.tree(bytes);
            } catch (UnreadableJson _) {
                return text(bytes);
            }
        }

        private void print(DeadLetterStore store, DeadLetter letter, PrintWriter out) {
            Map<String, Object> facts = letter.facts();
            facts.put("key", letter.key().isEmpty() ? "-" : letter.maskedKey());
            facts.remove("handled");
            facts.forEach((name, fact) -> out.println(name + ": " + fact));
            for (Header header : letter.record().headers()) {
                if (!header.key().startsWith("__")) {
                    out.println("header " + VisibleLine.of(header.key()) + ": " + VisibleLine.of(text(header.value())));
                }
            }
            if (letter.handled() != null) {
                String why = letter.handled().why();
                out.println(doneWith(letter) + (why == null ? "" : ": " + VisibleLine.of(why)));
            }
            Optional<String> problem = store.problem(letter);
            out.println("now: " + problem.orElse("it would be handled"));
            if (value) {
                out.println();
                out.println(pretty(letter.record().value()));
            }
        }

        /// JSON with a member in each line; else text, else Base64.
        private static String pretty(byte @Nullable [] bytes) {
            if (bytes == null) {
                return "no value";
            }
            try {
                JsonNode tree = Json.tree(bytes);
                return tree.toPrettyString();
            } catch (UnreadableJson _) {
                return text(bytes);
            }
        }

        private static String text(byte @Nullable [] bytes) {
            if (bytes == null) {
                return "-";
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException _) {
                return "base64 " + Base64.getEncoder().encodeToString(bytes);
            }
        }
    }

    /// Options of what changes something.
    static final class Change {

        @Mixin
        private final Choice choice = new Choice();

        @Option(names = "--all", description = "All dead letters, if nothing else chooses any.")
        private boolean all;

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "Name to record as author. Default: the user of this machine.",
                showDefaultValue = Help.Visibility.NEVER)
        private String by = "";

        @Mixin
        private final Installation installation = new Installation();

        private DeadLetterFilter filter(CommandSpec spec) {
            DeadLetterFilter filter = choice.filter(spec, choice.hasIds());
            if (filter.isAll() && !all) {
                throw new ParameterException(
                        spec.commandLine(), "Name dead letters, choose some by an option, or say --all");
            }
            return filter;
        }

        /// Passes the dead letters that are chosen, and says which of those that are named were handled before. Throws
        /// [CannotStart] if some that are named are not there.
        private void each(DeadLetterStore store, DeadLetterFilter filter, Tally tally, Consumer<DeadLetter> unhandled) {
            choice.check(store);
            Set<String> found = new HashSet<>();
            store.forEach(filter, letter -> {
                found.add(letter.id());
                if (letter.handled() == null) {
                    unhandled.accept(letter);
                } else {
                    tally.before(letter);
                }
            });
            choice.checkFound(found);
        }
    }

    /// `lull dlq replay`: sends dead letters to their topics again; exit code 1 if some could not be.
    @Command(
            name = "replay",
            description = {
                "Sends dead letters to their topics again, each once, so that they are handled as if they had just come.",
                "Those that would be dead letters again are left. The topic lull.dead.letter.handled records who sent"
                        + " what again."
            },
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Option(names = "--dry-run", description = "Only says what would happen.")
        private boolean dryRun;

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            DeadLetterFilter filter = change.filter(spec);
            Tally tally = new Tally(json.progress(spec));
            try (DeadLetterStore store =
                    change.installation.open(dryRun ? DeadLetterAccess.READING : DeadLetterAccess.WRITING)) {
                if (!dryRun) {
                    store.begin();
                }
                DeadLetterBatch batch = new DeadLetterBatch(letters -> {
                    if (!dryRun) {
                        store.handle(letters, Action.REPLAYED, change.by, null);
                    }
                    tally.handled(letters.size());
                });
                change.each(
                        store,
                        filter,
                        tally,
                        letter -> store.problem(letter)
                                .ifPresentOrElse(problem -> tally.left(letter, problem), () -> batch.add(letter)));
                batch.flush();
            }
            if (json.isWanted()) {
                JsonOutput.print(
                        tally.json(Action.REPLAYED, dryRun), spec.commandLine().getOut());
            } else {
                tally.print(dryRun ? "Would be replayed" : "Replayed");
            }
            return tally.left == 0 ? 0 : 1;
        }
    }

    /// `lull dlq discard`: decides that nothing is done with dead letters.
    @Command(
            name = "discard",
            description = {
                "Records that nothing is to be done with dead letters, so that they are not listed any more.",
                "They stay in their topics until those delete them."
            },
            mixinStandardHelpOptions = true)
    static final class Discard implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Reason to record.")
        private String why = "";

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            DeadLetterFilter filter = change.filter(spec);
            Tally tally = new Tally(json.progress(spec));
            try (DeadLetterStore store = change.installation.open(DeadLetterAccess.WRITING)) {
                store.begin();
                DeadLetterBatch batch = new DeadLetterBatch(letters -> {
                    store.handle(letters, Action.DISCARDED, change.by, why);
                    tally.handled(letters.size());
                });
                change.each(store, filter, tally, batch::add);
                batch.flush();
            }
            if (json.isWanted()) {
                JsonOutput.print(
                        tally.json(Action.DISCARDED, false), spec.commandLine().getOut());
            } else {
                tally.print("Discarded");
            }
            return 0;
        }
    }

    /// How many dead letters were handled, and what is left.
    static final class Tally {

        private final PrintWriter out;
        private final List<Left> leftOnes = new ArrayList<>();
        private final List<Before> beforeOnes = new ArrayList<>();
        private int handled;
        private int told;
        private int left;

        /// Dead letter that would be one again.
        private record Left(String id, String problem) {}

        /// Dead letter with which something was done before.
        private record Before(String id, DeadLetterHandled handled) {}

        Tally(PrintWriter out) {
            this.out = out;
        }

        void handled(int count) {
            handled += count;
            if (handled - told >= PROGRESS) {
                told = handled;
                out.println(handled + " so far ...");
                out.flush();
            }
        }

        void before(DeadLetter letter) {
            beforeOnes.add(new Before(letter.id(), requireNonNull(letter.handled())));
            out.println(letter.id() + "  was " + doneWith(letter) + " before");
        }

        void left(DeadLetter letter, String problem) {
            left++;
            leftOnes.add(new Left(letter.id(), problem));
            out.println(letter.id() + "  " + problem);
        }

        /// Returns the result for programs.
        Map<String, Object> json(Action action, boolean isDryRun) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("action", word(action));
            json.put("dryRun", isDryRun);
            json.put("count", handled);
            json.put("left", leftOnes);
            json.put("handledBefore", beforeOnes);
            return json;
        }

        void print(String what) {
            int all = handled + left;
            out.println(
                    all == 0
                            ? "No dead letters."
                            : what + ": " + handled + " of " + all + "." + (left == 0 ? "" : " Left: " + left + "."));
        }
    }

    private static CannotStart missing(List<String> ids) {
        return new CannotStart("There is no dead letter " + String.join(", ", ids)
                + ": `bin/lull dlq list --all` shows those that the topics still have");
    }

    private static String doneWith(DeadLetter letter) {
        DeadLetterHandled handled = requireNonNull(letter.handled());
        return word(handled.action()) + " by " + VisibleLine.of(handled.by()) + " at " + handled.at();
    }

    private static String word(Action action) {
        return switch (action) {
            case REPLAYED -> "replayed";
            case DISCARDED -> "discarded";
        };
    }
}

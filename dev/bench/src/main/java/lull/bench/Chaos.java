package lull.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lull.archive.schema.ArchiveDatabase;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.local.ChildService;
import lull.local.LocalLull;
import lull.local.LocalOptions;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.standins.application.EchoApplication;
import lull.standins.model.ModelStandIn;
import lull.standins.postgres.PostgresServer;
import org.jspecify.annotations.Nullable;

/// Run in which customers write to agents, who answer, to an application and to an assistant, while
/// services and the broker are killed, and Amazon Connect, WhatsApp, the application and the language
/// model throttle, fail, are slow and repeat themselves. In the end everything that was said has been shown once and in
/// order, or
/// it is on record why not. Services and broker are processes of their own.
final class Chaos {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// How long nothing may change before what is there is judged: longer than a reply can be in doubt.
    private static final Duration QUIET = Duration.ofSeconds(12);

    private static final List<String> SERVICES = List.of("ingress", "aggregator", "applications", "bridge");

    private static final String ARCHIVE = "archive";

    private static final String MODEL_KEY = "chaos-model";

    private final ChaosPlan plan;
    private final @Nullable Path logs;
    private final Consumer<String> progress;
    private final List<Mishap> played = new ArrayList<>();

    /// @param logs where the logs of services are to be kept; absent where they are not
    /// @param progress is told, in lines, what is being done
    Chaos(ChaosPlan plan, @Nullable Path logs, Consumer<String> progress) {
        this.plan = plan;
        this.logs = logs;
        this.progress = progress;
    }

    /// What came of a run.
    ///
    /// @param flaws what was lost, repeated or swapped with nothing on record; empty where all is well
    record Result(List<String> report, List<String> flaws) {}

    /// A broker that can be killed and comes back where it was.
    private static final class MortalBroker implements AutoCloseable {

        private final Path folder;
        private final int port = FreePort.next();
        private Child process;

        MortalBroker(Path folder) throws IOException, InterruptedException {
            this.folder = folder;
            this.process = start();
        }

        String bootstrapServers() {
            return "127.0.0.1:" + port;
        }

        void away(Duration time) throws IOException, InterruptedException {
            process.kill();
            Thread.sleep(time);
            process = start();
        }

        private Child start() throws IOException, InterruptedException {
            return Child.start(Role.BROKER, folder, folder.resolve("kafka").toString(), Integer.toString(port))
                    .awaitStarted();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /// Who and what takes part.
    ///
    /// @param archive address of the archive's database; empty if there is no archive
    private record Cast(
            MortalBroker broker, Map<String, ChildService> services, People people, Optional<String> archive) {}

    /// What people said to each other.
    private record Talk(String customer, Future<List<String>> written, Future<List<String>> answered) {}

    /// What a customer wrote to the application, or to the assistant.
    private record Monologue(String customer, Future<List<String>> written) {}

    /// All that was said.
    ///
    /// @param monologues to the application
    /// @param questions to the assistant
    private record Conversations(List<Talk> talks, List<Monologue> monologues, List<Monologue> questions) {}

    /// All ways of all conversations, by what they are called.
    private record Verdicts(Map<String, ChaosVerdict> ways) {

        boolean isMissingSomething() {
            return ways.values().stream().anyMatch(way -> !way.missing().isEmpty());
        }
    }

    /// Runs it once. Throws where a process does not start.
    Result run() throws Exception {
        progress.accept("Seed " + plan.seed());
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data and no process behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        try (components) {
            progress.accept("Starting broker, stand-ins and services ...");
            Cast cast = start(components);
            openChats(cast.people());
            Conversations conversations = talk(cast);
            progress.accept("Nobody writes any more; waiting for what is on its way ...");
            Verdicts verdicts = settle(cast, conversations);
            List<String> flaws = flaws(cast, verdicts);
            flaws.addAll(unarchived(cast));
            return new Result(
                    ChaosReport.lines(
                            plan,
                            Machine.words(),
                            played,
                            verdicts.ways(),
                            flaws,
                            cast.archive().isPresent()),
                    flaws);
        }
    }

    private Cast start(Lifecycle components) throws Exception {
        Path folder = components.add("folder", Folder.make()).path();
        Path ofServices = logs == null ? folder : Files.createDirectories(logs);
        MortalBroker broker = components.add("broker", new MortalBroker(folder));
        LocalOptions options = LocalOptions.onFreePorts(folder);
        LocalLull lull = LocalLull.startAround(options, broker.bootstrapServers(), components);
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "500ms");
        settings.put("doubt.wait", "10s");
        settings.put("doubt.wait.answered", "5s");
        EchoApplication echo = components.add("echo application", EchoApplication.start("127.0.0.1", 0));
        ModelStandIn model = components.add("language model", ModelStandIn.start("127.0.0.1", 0, MODEL_KEY));
        settings.put("destinations", "echo,helper");
        settings.put("destination.helper.kind", "assistant");
        settings.put("destination.helper.url", model.uri().toString());
        settings.put("destination.helper.key", MODEL_KEY);
        settings.put("destination.helper.prompt.text", "You repeat what customers say.");
        settings.put("destination.helper.disclosure", "");
        settings.put("destination.helper.timeout", "2s");
        // Nobody is handed over: what the model does not answer it is asked again.
        settings.put("destination.helper.answer.within", "10m");
        settings.put("destination.helper.turns.per.hour", "0");
        settings.put("destination.echo.kind", "http");
        settings.put("destination.echo.url", echo.uri().toString());
        settings.put("destination.echo.timeout", "2s");
        settings.put(
                "routes",
                "echo: number=" + People.NUMBER_OF_APPLICATION + ", to=echo; helper: number="
                        + People.NUMBER_OF_ASSISTANT + ", to=helper");
        List<String> names = new ArrayList<>(SERVICES);
        Optional<String> archive = Optional.empty();
        if (PostgresServer.isInstalled()) {
            archive = Optional.of(PostgresServer.start(false).createDatabase());
            settings.put("archive.jdbc.url", archive.get());
            // Many transactions, so that kills meet some.
            settings.put("archive.batch.records", "20");
            names.add(ARCHIVE);
        } else {
            progress.accept("There is no archive, because PostgreSQL is not installed");
        }
        Map<String, ChildService> services = new LinkedHashMap<>();
        for (String name : names) {
            ChildService service = new ChildService(name, settings, ofServices, System.getProperty("java.class.path"));
            services.put(name, components.add(name, service).start());
        }
        for (ChildService service : services.values()) {
            service.awaitReady();
        }
        within(PATIENCE, "The bridge has not confirmed its subscription", lull::subscribed);
        return new Cast(
                broker, services, components.add("people", new People(options, echo.uri(), model.uri())), archive);
    }

    private void openChats(People people) throws Exception {
        for (String customer : plan.phones()) {
            people.write(customer, text('c', 0), PATIENCE);
        }
        for (String customer : plan.phones()) {
            within(
                    PATIENCE,
                    "A chat was not opened",
                    () -> !people.shown(customer).isEmpty());
        }
    }

    private Conversations talk(Cast cast) throws Exception {
        SplittableRandom random = new SplittableRandom(plan.seed());
        long end = System.nanoTime() + Duration.ofSeconds(plan.seconds()).toNanos();
        List<Talk> talks = new ArrayList<>();
        List<Monologue> monologues = new ArrayList<>();
        List<Monologue> questions = new ArrayList<>();
        try (ExecutorService voices = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String customer : plan.phones()) {
                SplittableRandom ofCustomer = random.split();
                SplittableRandom ofAgent = random.split();
                talks.add(new Talk(
                        customer,
                        voices.submit(() -> write(cast.people(), customer, ofCustomer, end)),
                        voices.submit(() -> answer(cast.people(), customer, ofAgent, end))));
            }
            for (String customer : plan.phonesOfApplication()) {
                monologues.add(
                        monologue(cast, voices, customer, People.NUMBER_OF_APPLICATION, 'b', random.split(), end));
            }
            for (String customer : plan.phonesOfAssistant()) {
                questions.add(monologue(cast, voices, customer, People.NUMBER_OF_ASSISTANT, 'd', random.split(), end));
            }
            while (System.nanoTime() < end) {
                Mishap mishap = Mishap.next(random, plan.customers());
                progress.accept(mishap.toString());
                played.add(mishap);
                play(mishap, cast);
                Thread.sleep(random.nextInt(500, 2_500));
            }
        }
        return new Conversations(talks, monologues, questions);
    }

    /// Returns what was said: all that the ingress accepted.
    private static List<String> write(People people, String customer, SplittableRandom random, long end)
            throws InterruptedException {
        List<String> said = new ArrayList<>(List.of(text('c', 0)));
        while (System.nanoTime() < end && people.write(customer, text('c', said.size()), PATIENCE)) {
            said.add(text('c', said.size()));
            Thread.sleep(random.nextInt(300, 2_000));
        }
        return said;
    }

    private static Monologue monologue(
            Cast cast,
            ExecutorService voices,
            String customer,
            String number,
            char letter,
            SplittableRandom random,
            long end) {
        return new Monologue(
                customer, voices.submit(() -> writeTo(cast.people(), number, customer, letter, random, end)));
    }

    private static List<String> writeTo(
            People people, String number, String customer, char letter, SplittableRandom random, long end)
            throws InterruptedException {
        List<String> said = new ArrayList<>();
        while (System.nanoTime() < end && people.writeTo(number, customer, text(letter, said.size()), PATIENCE)) {
            said.add(text(letter, said.size()));
            Thread.sleep(random.nextInt(300, 2_000));
        }
        return said;
    }

    private static List<String> answer(People people, String customer, SplittableRandom random, long end)
            throws InterruptedException {
        List<String> said = new ArrayList<>();
        while (System.nanoTime() < end && people.answer(customer, text('a', said.size()), PATIENCE)) {
            said.add(text('a', said.size()));
            Thread.sleep(random.nextInt(1_000, 3_000));
        }
        return said;
    }

    private void play(Mishap mishap, Cast cast) throws Exception {
        switch (mishap) {
            case Mishap.Killed(String name)
            when !cast.services().containsKey(name) -> progress.accept("There is no " + name);
            case Mishap.Killed(String name) -> {
                ChildService service = service(cast, name);
                service.kill();
                service.start().awaitReady();
            }
            case Mishap.BrokerAway(Duration time) -> cast.broker().away(time);
            case Mishap.Fault fault -> cast.people().fault(fault);
            case Mishap.Transferred(int customer) ->
                cast.people().transfer(plan.phones().get(customer), SECOND);
        }
    }

    /// Waits until nothing is missing, and then until nothing can come any more.
    private static Verdicts settle(Cast cast, Conversations conversations) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (judge(cast, conversations).isMissingSomething() && System.nanoTime() < until) {
            Thread.sleep(SECOND);
        }
        Thread.sleep(QUIET);
        return judge(cast, conversations);
    }

    private static Verdicts judge(Cast cast, Conversations conversations) throws Exception {
        RepliesRead replies = RepliesRead.of(cast.broker().bootstrapServers());
        ChaosVerdict toAgents = ChaosVerdict.NOTHING;
        ChaosVerdict toCustomers = ChaosVerdict.NOTHING;
        for (Talk talk : conversations.talks()) {
            String customer = talk.customer();
            toAgents = toAgents.and(ChaosVerdict.ofTurns(
                    customer, talk.written().get(), cast.people().shown(customer)));
            toCustomers = toCustomers.and(ChaosVerdict.ofReplies(
                    customer, talk.answered().get(), cast.people().phone(customer), replies));
        }
        ChaosVerdict toApplication = ChaosVerdict.NOTHING;
        ChaosVerdict fromApplication = ChaosVerdict.NOTHING;
        for (Monologue monologue : conversations.monologues()) {
            String customer = monologue.customer();
            List<String> taken = cast.people().takenByApplication(customer);
            toApplication = toApplication.and(ChaosVerdict.ofTurns(
                    customer,
                    monologue.written().get(),
                    taken.stream().flatMap(String::lines).toList()));
            fromApplication = fromApplication.and(ChaosVerdict.ofReplies(
                    customer,
                    taken.stream().map(turn -> "You wrote: " + turn).toList(),
                    cast.people().phone(customer),
                    replies));
        }
        Map<String, ChaosVerdict> ways = new LinkedHashMap<>();
        ways.put("from customers to agents", toAgents);
        ways.put("from agents to customers", toCustomers);
        ways.put("from customers to the application", toApplication);
        ways.put("from the application to customers", fromApplication);
        ChaosVerdict toAssistant = ChaosVerdict.NOTHING;
        ChaosVerdict fromAssistant = ChaosVerdict.NOTHING;
        Map<String, List<String>> turns = turnsOfAssistant(cast.broker().bootstrapServers());
        for (Monologue question : conversations.questions()) {
            String customer = question.customer();
            List<String> asked = turns.getOrDefault(customer, List.of());
            toAssistant = toAssistant.and(ChaosVerdict.ofTurns(
                    customer,
                    question.written().get(),
                    asked.stream().flatMap(String::lines).toList()));
            fromAssistant = fromAssistant.and(ChaosVerdict.ofReplies(
                    customer,
                    asked.stream().map(turn -> "You wrote: " + turn).toList(),
                    cast.people().phone(customer),
                    replies));
        }
        ways.put("from customers to the assistant", toAssistant);
        ways.put("from the assistant to customers", fromAssistant);
        return new Verdicts(ways);
    }

    /// Returns the texts of the turns for the assistant, by customer, each turn once.
    private static Map<String, List<String>> turnsOfAssistant(String bootstrapServers) {
        Map<String, Turn> turns = new LinkedHashMap<>();
        RepliesRead.read(
                bootstrapServers,
                Topics.APPLICATION_TURN_CLOSED.name(),
                Turn.class,
                turn -> turns.putIfAbsent(turn.id(), turn));
        Map<String, List<String>> texts = new HashMap<>();
        turns.values().stream()
                .filter(turn -> turn.conversation().businessNumber().equals(People.NUMBER_OF_ASSISTANT))
                .forEach(turn -> texts.computeIfAbsent(turn.conversation().customer(), _ -> new ArrayList<>())
                        .add(turn.items().stream().map(TurnItem::text).collect(Collectors.joining("\n"))));
        return texts;
    }

    private static List<String> flaws(Cast cast, Verdicts verdicts) {
        List<String> flaws = new ArrayList<>();
        for (ChaosVerdict one : verdicts.ways().values()) {
            flaws.addAll(one.missing());
            flaws.addAll(one.flaws());
        }
        cast.services().forEach((name, service) -> {
            if (!service.isAlive()) {
                flaws.add(name + " has ended by itself");
            }
        });
        return flaws;
    }

    /// Returns in what the archive differs from the topics, once it has had time to read all of them.
    private static List<String> unarchived(Cast cast) throws Exception {
        if (cast.archive().isEmpty()) {
            return List.of();
        }
        List<String> differences;
        try (ArchiveDatabase database = ArchiveDatabase.open(
                new ArchiveDatabase.Options(cast.archive().get(), Optional.empty(), Optional.empty(), 1, PATIENCE))) {
            long until = System.nanoTime() + PATIENCE.toNanos();
            differences = ArchiveOracle.differences(cast.broker().bootstrapServers(), database);
            while (!differences.isEmpty() && System.nanoTime() < until) {
                Thread.sleep(SECOND);
                differences = ArchiveOracle.differences(cast.broker().bootstrapServers(), database);
            }
        }
        return differences;
    }

    private static ChildService service(Cast cast, String name) {
        ChildService service = cast.services().get(name);
        if (service == null) {
            throw new IllegalStateException("No service: " + name);
        }
        return service;
    }

    private static String text(char letter, int number) {
        return letter + Integer.toString(number);
    }

    /// Something that comes true.
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void within(Duration patience, String otherwise, Condition condition) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(otherwise);
            }
            Thread.sleep(SECOND);
        }
    }
}

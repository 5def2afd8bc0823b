package lull.applications;

import io.micrometer.core.instrument.Gauge;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.applications.assistant.AssistantMetrics;
import lull.applications.assistant.AssistantSettings;
import lull.applications.chatwoot.ChatwootApplication;
import lull.applications.chatwoot.OutcomeToChatwoot;
import lull.applications.files.CustomerFiles;
import lull.applications.http.HttpApplication;
import lull.applications.lambda.AwsLambdaApplication;
import lull.applications.persons.ChatsInUse;
import lull.applications.sqs.AwsQueueApplication;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application;
import lull.applications.turns.ApplicationMetrics;
import lull.applications.turns.ClosedApplication;
import lull.applications.turns.LastAnswers;
import lull.applications.turns.LimitedApplication;
import lull.applications.turns.TurnToApplication;
import lull.applications.voices.HearingApplication;
import lull.applications.voices.TranscribedVoices;
import lull.applications.voices.VoiceMetrics;
import lull.applications.voices.VoiceSettings;
import lull.chatwoot.ChatwootClient;
import lull.chatwoot.ChatwootSettings;
import lull.contract.application.TurnHandled;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.lanes.Pause;
import lull.lanes.PauseScope;
import lull.lanes.ScopeLookup;
import lull.lanes.ValueReader;
import lull.lanes.flow.FlowRunner;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.ResultLogSettings;
import lull.lanes.results.Tails;
import lull.runtime.CannotStart;
import lull.runtime.Circuit;
import lull.runtime.CircuitPolicy;
import lull.runtime.TokenBucket;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.CallSettings;
import lull.runtime.http.LocalHost;
import lull.runtime.http.TrustedCertificates;
import lull.runtime.kafka.TopicFollower;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.log.FailurePlace;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.DestinationSettings.Kind;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.text.Rendering;
import lull.text.TextSettings;
import lull.voice.AwsTranscriber;
import lull.voice.TranscriberMetrics;
import lull.voice.TranscriberSettings;
import lull.voice.VoiceNotes;
import lull.whatsapp.MediaFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process that gives turns to applications of the business, and writes their replies and hand-overs.
/// It has one flow.
public final class ApplicationsService {

    private static final Logger log = LoggerFactory.getLogger(ApplicationsService.class);

    /// Topics without which it does not start.
    public static final List<Topic> TOPICS = List.of(
            Topics.APPLICATION_TURN_CLOSED,
            Topics.APPLICATION_TURN_CLOSED.deadLetters(),
            Topics.APPLICATION_TURN_HANDLED,
            Topics.CHAT,
            Topics.TURN_CLOSED,
            Topics.REPLY_REQUESTED);

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    /// How long a circuit is open at first.
    private static final Duration CIRCUIT_FIRST = Duration.ofSeconds(1);

    private static final long MEBIBYTE = 1L << 20;

    /// WhatsApp transports no larger sound.
    private static final long MOST_VOICE_BYTES = 16 * MEBIBYTE;

    private final ServiceContext context;
    private final Settings settings;
    private final Map<String, ChatwootClient> inboxes = new HashMap<>();
    private @Nullable CustomerFiles files;
    private @Nullable MediaFolder folder;
    private @Nullable VoiceNotes notes;
    private AssistantSettings.@Nullable Archive archive;

    private ApplicationsService(ServiceContext context) {
        this.context = context;
        this.settings = context.settings();
    }

    /// Starts it in a process. Throws [CannotStart] if the settings contradict each other, or if Kafka
    /// is not set up for it.
    public static void start(ServiceContext context) throws InterruptedException {
        new ApplicationsService(context).run();
    }

    /// Whether an installation has a destination that this process serves.
    public static boolean isNeeded(Settings settings) {
        return settings.get(DestinationSettings.DESTINATIONS).stream()
                .anyMatch(name -> settings.get(DestinationSettings.kind(name)) != Kind.TOPIC);
    }

    /// Returns the consumer groups of the process with these settings, with the topics that each reads; none if no
    /// destination needs it.
    public static Map<String, List<Topic>> groups(Settings settings) {
        Map<String, List<Topic>> groups = new LinkedHashMap<>();
        List<String> inputs = settings.get(TopicSettings.INPUTS);
        if (isNeeded(settings)) {
            groups.put(ConsumerGroup.TURN_TO_APPLICATION.id(), ConsumerGroup.TURN_TO_APPLICATION.topics(inputs));
        }
        if (!ofKind(settings, Kind.CHATWOOT).isEmpty()) {
            groups.put(ConsumerGroup.OUTCOME_TO_CHATWOOT.id(), ConsumerGroup.OUTCOME_TO_CHATWOOT.topics(inputs));
        }
        return groups;
    }

    private static List<String> ofKind(Settings settings, Kind kind) {
        return settings.get(DestinationSettings.DESTINATIONS).stream()
                .filter(name -> settings.get(DestinationSettings.kind(name)) == kind)
                .toList();
    }

    private void run() throws InterruptedException {
        Map<String, TurnToApplication.Destination> destinations = destinations();
        Tails tails = context.components().add("memory of what was done", Tails.start(SWEEP_EVERY));
        Map<String, List<Topic>> groups = groups(settings);
        List<Topic> topics = Stream.of(
                        TOPICS.stream(),
                        groups.values().stream().flatMap(List::stream),
                        beginsEarly() ? Stream.of(Topics.APPLICATION_TURN_EXPECTED) : Stream.<Topic>empty())
                .flatMap(each -> each)
                .distinct()
                .toList();
        KafkaClients kafka = KafkaClients.open(context, KafkaAccess.APPLICATIONS, topics, groups.keySet());
        LastAnswers lastAnswers = new LastAnswers(context.clock());
        FlowRunner flows = new FlowRunner(
                context, kafka, tails, pauses -> stopEverything(pauses, destinations.keySet(), lastAnswers));
        String group = ConsumerGroup.TURN_TO_APPLICATION.id();
        TurnToApplication handler = new TurnToApplication(
                destinations,
                follow(kafka),
                lastAnswers,
                flows.results(
                        group,
                        Topics.APPLICATION_TURN_HANDLED,
                        TurnHandled.class,
                        TurnToApplication.RESULTS_OF_A_CONVERSATION),
                flows.producer(),
                new TurnToApplication.Options(
                        settings.get(ApplicationSettings.PATIENCE), settings.get(ApplicationSettings.CHAT_WITHIN)),
                context.clock(),
                new ApplicationMetrics(context.metrics().registry()));
        flows.run(group, Topics.APPLICATION_TURN_CLOSED, Turn.class, ScopeLookup.NONE, handler);
        if (beginsEarly()) {
            expect(flows, kafka, handler);
        }
        if (!inboxes.isEmpty()) {
            flows.runToEnd(
                    ConsumerGroup.OUTCOME_TO_CHATWOOT.id(),
                    List.of(Topics.REPLY_SENT),
                    OutcomeToChatwoot.reader(),
                    new OutcomeToChatwoot(
                            inboxes, context.clock(), context.metrics().registry()));
        }
    }

    private boolean beginsEarly() {
        return settings.get(DestinationSettings.DESTINATIONS).stream()
                .anyMatch(name -> settings.get(DestinationSettings.early(name)).signum() > 0);
    }

    /// Follows the turns that have not ended. Nothing depends on them: without them assistants begin later.
    private void expect(FlowRunner flows, KafkaClients kafka, TurnToApplication handler) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        // Nobody waits for what they do, so a stop does not either.
        context.components().add("threads of early answers", (AutoCloseable) threads::shutdownNow);
        ValueReader<Turn> turns = ValueReader.json(Turn.class);
        TopicFollower follower = context.components()
                .add(
                        "follower of expected turns",
                        new TopicFollower(
                                kafka.consumer("expected"),
                                List.of(Topics.APPLICATION_TURN_EXPECTED),
                                record -> {
                                    Turn turn = turns.read(record);
                                    flows.asOf(
                                                    ConsumerGroup.TURN_TO_APPLICATION.id(),
                                                    Topics.APPLICATION_TURN_CLOSED,
                                                    turn.conversation().toString(),
                                                    turn,
                                                    Instant.ofEpochMilli(record.timestamp()))
                                            .ifPresent(incoming -> threads.execute(() -> expect(handler, incoming)));
                                },
                                new TopicFollower.Start(1, context.clock().instant()),
                                settings.get(ResultLogSettings.READ_TIMEOUT)));
        follower.start();
    }

    private static void expect(TurnToApplication handler, Incoming<Turn> incoming) {
        try {
            handler.expect(incoming);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atDebug().addKeyValue("error", FailurePlace.withCauses(e)).log("An assistant could not begin early");
        }
    }

    /// Whether nothing goes on. Other destinations than the paused ones do, and one that works although
    /// a turn of it waits.
    private static boolean stopEverything(List<Pause> pauses, Set<String> destinations, LastAnswers lastAnswers) {
        Set<PauseScope> paused = pauses.stream().map(Pause::scope).collect(Collectors.toSet());
        return paused.contains(PauseScope.PROCESS)
                || (!destinations.isEmpty()
                        && destinations.stream()
                                .allMatch(name -> paused.contains(new PauseScope("destination", name))
                                        && !lastAnswers.isWorking(name)));
    }

    private ChatsInUse follow(KafkaClients kafka) throws InterruptedException {
        ChatsInUse chats = new ChatsInUse();
        Duration timeout = settings.get(ResultLogSettings.READ_TIMEOUT);
        TopicFollower follower = context.components()
                .add(
                        "chat follower",
                        new TopicFollower(
                                kafka.consumer("chats"),
                                Topics.CHAT,
                                (contact, value, _) -> chats.take(contact, value),
                                timeout));
        context.health().readyWhile("chats", follower::problem);
        follower.start();
        // Else an application could speak in a chat that is open.
        follower.awaitStart(Duration.ofMinutes(10));
        return chats;
    }

    private Map<String, TurnToApplication.Destination> destinations() {
        Map<String, TurnToApplication.Destination> destinations = new HashMap<>();
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            Kind kind = settings.get(DestinationSettings.kind(name));
            if (kind != Kind.TOPIC) {
                Application limited = new LimitedApplication(
                        hearing(name, kind, application(name, kind)),
                        settings.get(ApplicationSettings.parallel(name)),
                        new TokenBucket(
                                TokenBucket.Rate.perSecond(settings.get(ApplicationSettings.perSecond(name))),
                                System::nanoTime),
                        circuit(name),
                        System::nanoTime);
                destinations.put(name, kind == Kind.ASSISTANT ? assistant(name, limited) : destination(name, limited));
            }
        }
        return destinations;
    }

    /// Returns a program that gets transcripts, if it is to have them. Assistants ask for them by themselves, and
    /// persons of
    /// Chatwoot hear the notes.
    private Application hearing(String name, Kind kind, Application application) {
        if (kind == Kind.ASSISTANT) {
            return application;
        }
        return notes(name)
                .<Application>map(heard -> new HearingApplication(
                        application,
                        new TranscribedVoices(
                                heard,
                                settings.get(VoiceSettings.within(name)),
                                context.clock(),
                                new VoiceMetrics(context.metrics().registry(), name)),
                        settings.get(ApplicationSettings.timeout(name)),
                        context.clock()))
                .orElse(application);
    }

    private TurnToApplication.Destination destination(String name, Application application) {
        return new TurnToApplication.Destination(
                application,
                settings.get(ApplicationSettings.refused(name)) == ApplicationSettings.Refused.CONNECT,
                settings.get(ApplicationSettings.typing(name)));
    }

    /// An assistant without a way to a person would not be allowed.
    private TurnToApplication.Destination assistant(String name, Application application) {
        Setting<Boolean> typing = ApplicationSettings.typing(name);
        return new TurnToApplication.Destination(
                application,
                true,
                settings.isGiven(typing) ? settings.get(typing) : AssistantSettings.answers(settings, name),
                Optional.of(settings.get(AssistantSettings.within(name))));
    }

    private Circuit circuit(String name) {
        Circuit circuit = new Circuit(new CircuitPolicy(
                settings.get(ApplicationSettings.circuitFailures(name)),
                CIRCUIT_FIRST,
                settings.get(ApplicationSettings.circuitMax(name))));
        Gauge.builder("lull.applications.circuit.open", circuit, each -> each.isOpen() ? 1 : 0)
                .description("1 while an application gets no turns, because it failed repeatedly")
                .tag("destination", name)
                .strongReference(true)
                .register(context.metrics().registry());
        return circuit;
    }

    private Application application(String name, Kind kind) {
        Setting<Boolean> closed = ApplicationSettings.closed(name);
        if (settings.get(closed)) {
            return new ClosedApplication("Destination " + name + " gets no more turns");
        }
        AnswerReader answers = new AnswerReader(settings.get(ApplicationSettings.maxReplies(name)));
        Duration timeout = settings.get(ApplicationSettings.timeout(name));
        int maxAnswer = settings.get(ApplicationSettings.MAX_ANSWER_BYTES);
        String region = settings.get(ApplicationSettings.region(name));
        Optional<URI> endpoint = settings.get(ApplicationSettings.endpoint(name));
        return switch (kind) {
            case HTTP ->
                new HttpApplication(
                        name,
                        new HttpApplication.Options(
                                required(name, DestinationSettings.url(name)),
                                settings.live(ApplicationSettings.secrets(name)),
                                timeout,
                                settings.get(ApplicationSettings.MAX_BYTES),
                                maxAnswer,
                                answers),
                        context.components()
                                .add("client of " + name, new BoundedHttpClient(CallSettings.CONNECT_TIMEOUT)),
                        context.clock());
            case LAMBDA ->
                new AwsLambdaApplication(
                        name,
                        new AwsLambdaApplication.Options(
                                required(name, ApplicationSettings.function(name)),
                                settings.get(ApplicationSettings.awaited(name)),
                                maxAnswer,
                                answers),
                        clients(name, timeout),
                        region,
                        endpoint);
            case SQS ->
                new AwsQueueApplication(
                        name,
                        required(name, ApplicationSettings.queue(name)),
                        clients(name, timeout),
                        region,
                        endpoint);
            case CHATWOOT -> chatwoot(name, timeout, maxAnswer);
            case ASSISTANT ->
                AssistantSettings.assistant(
                        settings,
                        name,
                        new AssistantSettings.Connection(
                                settings.get(DestinationSettings.url(name)).orElse(AssistantSettings.OPENAI),
                                timeout,
                                maxAnswer,
                                context.components()
                                        .add("client of " + name, new BoundedHttpClient(CallSettings.CONNECT_TIMEOUT)),
                                notes(name),
                                archive()),
                        context.clock(),
                        new AssistantMetrics(context.metrics().registry(), name));
            case TOPIC -> throw new IllegalArgumentException("A topic is no application");
        };
    }

    /// Returns the files of customers, which all destinations share.
    private CustomerFiles files() {
        CustomerFiles opened = files;
        if (opened == null) {
            opened = CustomerFiles.open(context);
            files = opened;
        }
        return opened;
    }

    private ChatwootApplication.Files files(long maxBytes) {
        MediaFolder opened = folder;
        if (opened == null) {
            opened = files().folder();
            folder = opened;
        }
        return new ChatwootApplication.Files(files().source(maxBytes), opened, maxBytes);
    }

    /// Returns the voice notes of customers, which all destinations share; empty if none are transcribed for this one.
    private Optional<VoiceNotes> notes(String name) {
        if (!settings.get(TranscriberSettings.ENABLED) || !VoiceSettings.reads(settings, name)) {
            return Optional.empty();
        }
        VoiceNotes opened = notes;
        if (opened == null) {
            opened = new VoiceNotes(
                    files().source(MOST_VOICE_BYTES),
                    files().voices(settings.get(TranscriberSettings.AT_ONCE)),
                    context.components()
                            .add(
                                    "transcriber",
                                    AwsTranscriber.watched(
                                            TranscriberSettings.transcriber(
                                                    settings, settings.get(ApplicationSettings.region(name))),
                                            new TranscriberMetrics(
                                                    context.metrics().registry()),
                                            context.dependencies(),
                                            "Assistants and programs do not know what is said in voice notes.")));
            notes = opened;
        }
        return Optional.of(opened);
    }

    /// Returns the archive, which all assistants share; empty if it is not asked.
    private Optional<AssistantSettings.Archive> archive() {
        Optional<URI> url = settings.get(ApplicationSettings.ARCHIVE_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        AssistantSettings.Archive opened = archive;
        if (opened == null) {
            opened = new AssistantSettings.Archive(
                    url.get(),
                    settings.get(ApplicationSettings.ARCHIVE_TOKEN).stream()
                            .findFirst()
                            .orElseThrow(() -> new CannotStart(ApplicationSettings.ARCHIVE_TOKEN.name()
                                    + " is missing, which " + ApplicationSettings.ARCHIVE_URL.name() + " needs")),
                    settings.get(ApplicationSettings.ARCHIVE_TIMEOUT),
                    context.components().add("client of the archive", archiveClient()));
            if (!settings.get(ApplicationSettings.ARCHIVE_PLAIN) && !LocalHost.isSecure(url.get())) {
                throw new CannotStart("The token of the archive is not sent to "
                        + url.get().getAuthority() + " without TLS: use https, or set "
                        + ApplicationSettings.ARCHIVE_PLAIN.name() + " in a network that nobody else can read");
            }
            archive = opened;
        }
        return Optional.of(opened);
    }

    private BoundedHttpClient archiveClient() {
        return settings.get(ApplicationSettings.ARCHIVE_CA)
                .map(file -> new BoundedHttpClient(
                        CallSettings.CONNECT_TIMEOUT,
                        TrustedCertificates.in(ApplicationSettings.ARCHIVE_CA.name(), Path.of(file))))
                .orElseGet(() -> new BoundedHttpClient(CallSettings.CONNECT_TIMEOUT));
    }

    private Application chatwoot(String name, Duration timeout, int maxAnswer) {
        String inbox = required(name, ChatwootSettings.inbox(name));
        required(name, DestinationSettings.url(name));
        required(name, ChatwootSettings.token(name));
        ChatwootClient client = new ChatwootClient(
                name,
                ChatwootClient.Options.of(settings, name, timeout, maxAnswer),
                context.components().add("client of " + name, new BoundedHttpClient(CallSettings.CONNECT_TIMEOUT)),
                context.clock());
        inboxes.put(name, client);
        return new ChatwootApplication(
                name,
                new ChatwootApplication.Options(inbox, settings.get(ChatwootSettings.reopens(name))),
                client,
                files(settings.get(ApplicationSettings.maxMebibytes(name)) * MEBIBYTE),
                new Rendering(TextSettings.texts(settings)),
                context.clock());
    }

    private AwsClients clients(String name, Duration timeout) {
        return context.components()
                .add(
                        "client of " + name,
                        new AwsClients(AwsClients.Options.once(
                                        AwsSettings.usesPlaceholder(settings), CallSettings.CONNECT_TIMEOUT, timeout)
                                .withMaxConnections(settings.get(ApplicationSettings.parallel(name)))));
    }

    private <T> T required(String name, Setting<Optional<T>> setting) {
        return settings.get(setting)
                .orElseThrow(() -> new CannotStart(setting.name() + " is missing, which a destination of the kind "
                        + settings.get(DestinationSettings.kind(name)).word() + " needs"));
    }
}

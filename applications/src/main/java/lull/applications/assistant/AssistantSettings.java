package lull.applications.assistant;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.applications.turns.Application;
import lull.applications.voices.TranscribedVoices;
import lull.applications.voices.VoiceSettings;
import lull.applications.voices.Voices;
import lull.contract.application.HandOver;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.voice.VoiceNotes;

/// Settings of an assistant, which a destination of the kind `assistant` has besides those of all
/// applications.
public final class AssistantSettings {

    /// The API that is called if no other is set.
    public static final URI OPENAI = URI.create("https://api.openai.com/v1");

    /// The intent of what is none of the others.
    private static final String OTHER = "other";

    private static final String PHRASES =
            "=person,=human,=agent,=operator,=persona,=agente,=humano,=pessoa,=atendente,=mensch,=mitarbeiter,"
                    + "=humain,=conseiller,=operatore,"
                    + "to a person,with a person,real person,to a human,with a human,human agent,real human,to an agent,with an agent,"
                    + "to a representative,with a representative,"
                    + "talk to someone,speak to someone,speak with someone,"
                    + "con una persona,con un humano,con un agente,con un asesor,hablar con alguien,persona real,"
                    + "com uma pessoa,com um humano,com um atendente,falar com alguém,pessoa real,"
                    + "mit einem menschen,mit einem mitarbeiter,mit jemandem sprechen,echten menschen,"
                    + "avec une personne,à une personne,avec un conseiller,à un conseiller,à un humain,vraie personne,"
                    + "con un operatore,parlare con qualcuno,persona vera";

    private AssistantSettings() {}

    /// What an assistant does with a turn.
    enum Mode {
        /// It answers the customer.
        ANSWER,
        /// It drafts an answer for the agent who gets the turn.
        SUGGEST;
    }

    /// What becomes of an answer when the customer has written more meanwhile.
    enum Newer {
        /// It is sent, and the next turn follows.
        FOLLOW,
        /// It is dropped, and the next answer is to both turns.
        CANCEL;
    }

    /// In which form the API is asked for an answer.
    enum Format {
        /// In JSON of a schema, which the API enforces.
        SCHEMA,
        /// In any JSON.
        JSON;
    }

    /// Returns the settings of a destination.
    public static List<Setting<?>> ofDestination(String destination) {
        return List.of(
                key(destination),
                model(destination),
                format(destination),
                maxTokens(destination),
                prompt(destination),
                promptText(destination),
                prompts(destination),
                mode(destination),
                newer(destination),
                within(destination),
                history(destination),
                confidence(destination),
                words(destination),
                intents(destination),
                handOverIntents(destination),
                handOverText(destination),
                disclosure(destination),
                maxCharacters(destination),
                links(destination),
                actions(destination),
                turnsPerHour(destination),
                costPerDay(destination),
                priceOfInput(destination),
                priceOfOutput(destination),
                VoiceSettings.within(destination));
    }

    /// What an assistant is connected to.
    ///
    /// @param url of the API
    /// @param timeout of a call
    /// @param maxAnswerBytes of an answer
    /// @param client which the caller closes
    /// @param notes the voice notes of customers; empty if they are not transcribed
    /// @param archive its address and token; empty if it is not asked
    public record Connection(
            URI url,
            Duration timeout,
            int maxAnswerBytes,
            BoundedHttpClient client,
            Optional<VoiceNotes> notes,
            Optional<Archive> archive) {}

    /// Archive that has what agents wrote.
    ///
    /// @param timeout of a question
    /// @param client which the caller closes
    public record Archive(URI url, String token, Duration timeout, BoundedHttpClient client) {

        @Override
        public String toString() {
            return "Archive[" + url.getAuthority() + "]";
        }
    }

    /// Creates the assistant of a destination; throws [CannotStart] if a file of instructions
    /// cannot be read.
    public static Application assistant(
            Settings settings,
            String destination,
            Connection connection,
            InstantSource clock,
            AssistantMetrics metrics) {
        requireUsable(settings, destination, connection.url().equals(OPENAI));
        Model model = new OpenAiModel(
                destination,
                new OpenAiModel.Options(
                        connection.url(),
                        settings.live(key(destination)),
                        settings.get(model(destination)),
                        settings.get(format(destination)) == Format.SCHEMA,
                        settings.get(maxTokens(destination)),
                        connection.maxAnswerBytes(),
                        allIntents(settings, destination),
                        settings.get(actions(destination))),
                connection.client());
        return assistant(
                settings,
                destination,
                model,
                new Assistant.Sources(
                        history(settings, destination, connection, metrics),
                        connection
                                .notes()
                                .<Voices>map(notes -> new TranscribedVoices(
                                        notes,
                                        settings.get(VoiceSettings.within(destination)),
                                        clock,
                                        metrics.voices()))
                                .orElse(Voices.NONE)),
                connection.timeout(),
                clock,
                metrics);
    }

    private static History history(
            Settings settings, String destination, Connection connection, AssistantMetrics metrics) {
        int exchanges = settings.get(history(destination));
        return connection
                .archive()
                .<History>map(archive -> new ArchivedHistory(
                        new ArchivedHistory.Options(
                                archive.url(), archive.token(), archive.timeout(), destination, exchanges),
                        archive.client(),
                        metrics))
                .orElseGet(() -> new KnownHistory(exchanges));
    }

    /// Throws [CannotStart] if the settings of an assistant contradict each other, or have no key for OpenAI.
    private static void requireUsable(Settings settings, String destination, boolean isOpenAi) {
        if (isOpenAi && settings.get(key(destination)).isEmpty()) {
            throw new CannotStart(key(destination).name()
                    + " is missing, which the API of OpenAI needs; another API needs its address in "
                    + DestinationSettings.url(destination).name());
        }
        if (settings.get(costPerDay(destination)).signum() > 0
                && settings.get(priceOfInput(destination)).signum() == 0
                && settings.get(priceOfOutput(destination)).signum() == 0) {
            throw new CannotStart(
                    costPerDay(destination).name() + " is never reached, because nothing has a price: set "
                            + priceOfInput(destination).name() + " and "
                            + priceOfOutput(destination).name());
        }
        if (settings.get(newer(destination)) == Newer.CANCEL && settings.get(history(destination)) == 0) {
            throw new CannotStart(newer(destination).name() + " is cancel, so that "
                    + history(destination).name()
                    + " must be at least 1: without it the assistant would not know what it has not answered yet");
        }
    }

    /// The same on any model.
    static Assistant assistant(
            Settings settings,
            String destination,
            Model model,
            Assistant.Sources sources,
            Duration timeout,
            InstantSource clock,
            AssistantMetrics metrics) {
        List<String> intents = allIntents(settings, destination);
        List<String> actions = settings.get(actions(destination));
        return new Assistant(
                destination,
                model,
                sources,
                prompt(settings, destination, intents, actions),
                new HandOverRules(
                        settings.get(words(destination)),
                        settings.get(confidence(destination)).doubleValue(),
                        new HashSet<>(settings.get(handOverIntents(destination)))),
                new OutputRules(settings.get(maxCharacters(destination)), settings.get(links(destination))),
                new SpendingLimits(
                        settings.get(turnsPerHour(destination)), settings.get(costPerDay(destination)), clock),
                new Assistant.Options(
                        settings.get(mode(destination)) == Mode.SUGGEST,
                        settings.get(newer(destination)) == Newer.CANCEL,
                        settings.get(history(destination)),
                        timeout,
                        new Prices(settings.get(priceOfInput(destination)), settings.get(priceOfOutput(destination))),
                        settings.get(disclosure(destination)),
                        settings.get(handOverText(destination)),
                        intents,
                        Set.copyOf(actions)),
                clock,
                metrics);
    }

    /// Returns the intents of both settings, and at the end that of all others.
    private static List<String> allIntents(Settings settings, String destination) {
        List<String> intents = new ArrayList<>(settings.get(intents(destination)));
        settings.get(handOverIntents(destination)).stream()
                .filter(intent -> !intents.contains(intent))
                .forEach(intents::add);
        intents.remove(OTHER);
        intents.add(OTHER);
        return List.copyOf(intents);
    }

    /// Whether an assistant answers customers itself.
    public static boolean answers(Settings settings, String destination) {
        return settings.get(mode(destination)) == Mode.ANSWER;
    }

    /// Returns a setting that an assistant needs and does not have: its instructions, or a key of
    /// OpenAI's API.
    public static Optional<Setting<?>> missing(Settings settings, String destination, Optional<URI> url) {
        if (settings.get(prompt(destination)).isEmpty()
                && settings.get(promptText(destination)).isEmpty()) {
            return Optional.of(prompt(destination));
        }
        return url.isEmpty() && settings.get(key(destination)).isEmpty()
                ? Optional.of(key(destination))
                : Optional.empty();
    }

    private static Prompt prompt(Settings settings, String destination, List<String> intents, List<String> actions) {
        Setting<Optional<String>> usual = prompt(destination);
        PromptFile file = settings.get(usual)
                .map(path -> PromptFile.open(usual.name(), Path.of(path), System::nanoTime))
                .or(() -> settings.get(promptText(destination)).map(PromptFile::fixed))
                .orElseThrow(() -> new CannotStart(usual.name()
                        + " is missing, which a destination of the kind assistant needs: name a file with instructions for"
                        + " the language model"));
        Map<String, PromptFile> byNumber = new HashMap<>();
        Setting<Map<String, String>> others = prompts(destination);
        settings.get(others)
                .forEach((number, path) ->
                        byNumber.put(number, PromptFile.open(others.name(), Path.of(path), System::nanoTime)));
        return new Prompt(intents, actions, file, byNumber);
    }

    /// How long a turn may wait for its answer.
    public static Setting<Duration> within(String destination) {
        return Setting.duration(
                DestinationSettings.named(destination, "answer.within"),
                "30s",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                "How long a turn waits for an answer of the assistant, from the first attempt, until it goes to a person");
    }

    /// The key of the API.
    public static Setting<Optional<String>> key(String destination) {
        return Setting.optional(
                        DestinationSettings.named(destination, "key"),
                        "Key of the API of the language model, which is sent as a bearer token. If a file holds it, it is"
                                + " read again when it changes, without a restart")
                .secret();
    }

    private static Setting<String> model(String destination) {
        return Setting.text(
                DestinationSettings.named(destination, "model"),
                "gpt-4.1-mini",
                "Name of the language model at the API");
    }

    private static Setting<Format> format(String destination) {
        return words(
                DestinationSettings.named(destination, "format"),
                Format.SCHEMA,
                Format.values(),
                "How the API is asked for answers: by a JSON schema that it enforces (`schema`), or for any JSON object"
                        + " (`json`), for APIs that enforce no schema; then each answer is checked all the same");
    }

    private static Setting<Integer> maxTokens(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "max.tokens"),
                4_000,
                0,
                100_000,
                "Maximum number of tokens in an answer of the language model; an answer that is cut is not used. 0 sends no"
                        + " limit, for an API that does not know `max_completion_tokens`");
    }

    private static Setting<Optional<String>> prompt(String destination) {
        return Setting.optional(
                DestinationSettings.named(destination, "prompt"),
                "File with the instructions of the business for the language model, as text. It is read again when it"
                        + " changes, without a restart");
    }

    private static Setting<Optional<String>> promptText(String destination) {
        return Setting.optional(
                DestinationSettings.named(destination, "prompt.text"),
                "The instructions themselves, for installations without files; not used if there is a file");
    }

    private static Setting<Map<String, String>> prompts(String destination) {
        return Setting.pairs(
                DestinationSettings.named(destination, "prompts"),
                "",
                "Other files with instructions for some business numbers, as `number=file` separated by commas");
    }

    private static Setting<Mode> mode(String destination) {
        return words(
                DestinationSettings.named(destination, "mode"),
                Mode.ANSWER,
                Mode.values(),
                "Whether the assistant answers customers (`answer`), or writes a draft and a summary for the agent who gets"
                        + " the turn (`suggest`)");
    }

    private static Setting<Newer> newer(String destination) {
        return words(
                DestinationSettings.named(destination, "newer"),
                Newer.FOLLOW,
                Newer.values(),
                "What becomes of an answer if the next turn of the customer waits already: it is sent (`follow`), or not"
                        + " used, so that the next answer is to both turns (`cancel`)");
    }

    private static Setting<Integer> history(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "history"),
                10,
                0,
                10,
                "Number of the last exchanges that the language model reads with a turn");
    }

    private static Setting<BigDecimal> confidence(String destination) {
        return Formats.decimal(
                        DestinationSettings.named(destination, "confidence"),
                        "0.6",
                        "Confidence from 0 to 1 below which an answer is not used, and the turn goes to a person")
                .checked(value -> value.compareTo(BigDecimal.ONE) <= 0, "must be from 0 to 1");
    }

    static Setting<List<String>> words(String destination) {
        return Setting.list(
                DestinationSettings.named(destination, "handover.words"),
                PHRASES,
                "Words and phrases by which customers ask for a person, separated by commas, in any language; capitals and"
                        + " accents do not matter. One that begins with `=` must be all that the customer wrote. The"
                        + " language model is not asked then");
    }

    private static Setting<List<String>> intents(String destination) {
        return Setting.list(
                        DestinationSettings.named(destination, "intents"),
                        "question,order,delivery,appointment,payment,complaint,legal,health",
                        "Intents between which the language model chooses, besides `other`, separated by commas")
                .checked(AssistantSettings::areNames, "must be words of letters, digits, - and _, at most 50");
    }

    private static Setting<List<String>> handOverIntents(String destination) {
        return Setting.list(
                        DestinationSettings.named(destination, "handover.intents"),
                        "legal,health",
                        "Intents that persons answer, separated by commas")
                .checked(AssistantSettings::areNames, "must be words of letters, digits, - and _, at most 50");
    }

    private static Setting<String> handOverText(String destination) {
        return Setting.text(
                DestinationSettings.named(destination, "handover.text"),
                "",
                "What the customer reads at a hand-over. If it is empty, the customer reads what the language model writes"
                        + " for it, or nothing");
    }

    private static Setting<String> disclosure(String destination) {
        return Setting.text(
                DestinationSettings.named(destination, "disclosure"),
                "I am an automatic assistant.",
                "Text before the first answer to a customer, and before the first one after 24 hours without any, which"
                        + " says that a machine answers; empty for none");
    }

    private static Setting<Integer> maxCharacters(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "max.characters"),
                3_000,
                100,
                20_000,
                "Maximum length of an answer; a longer one is not sent, and the turn goes to a person");
    }

    private static Setting<List<String>> links(String destination) {
        return Setting.list(
                        DestinationSettings.named(destination, "links"),
                        "",
                        "Hosts to which answers may have links, separated by commas, with all hosts below them. An answer"
                                + " with another link is not sent, and the turn goes to a person")
                .checked(
                        hosts -> hosts.stream().allMatch(host -> host.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")),
                        "must be names of hosts, such as shop.example.com, without https://");
    }

    private static Setting<List<String>> actions(String destination) {
        return Setting.list(
                        DestinationSettings.named(destination, "actions"),
                        "",
                        "Names of actions that the language model may ask for, separated by commas. They are in the"
                                + " result of the turn, and become contact attributes at a hand-over; nothing else follows")
                .checked(AssistantSettings::areNames, "must be words of letters, digits, - and _, at most 50");
    }

    private static Setting<Integer> turnsPerHour(String destination) {
        return Setting.number(
                DestinationSettings.named(destination, "turns.per.hour"),
                60,
                0,
                10_000,
                "Maximum number of turns of a customer that the language model gets in an hour from this process; further"
                        + " ones go to a person. 0 turns this off");
    }

    private static Setting<BigDecimal> costPerDay(String destination) {
        return Formats.decimal(
                DestinationSettings.named(destination, "cost.per.day"),
                "0",
                "Cost of a day (UTC) in this process, by the prices in the settings, after which all turns go to persons."
                        + " 0 turns this off");
    }

    private static Setting<BigDecimal> priceOfInput(String destination) {
        return Formats.decimal(
                DestinationSettings.named(destination, "price.input"),
                "0",
                "Price of a million tokens that the language model reads, in the currency in which cost is to be counted");
    }

    private static Setting<BigDecimal> priceOfOutput(String destination) {
        return Formats.decimal(
                DestinationSettings.named(destination, "price.output"),
                "0",
                "Price of a million tokens that the language model writes");
    }

    private static boolean areNames(List<String> names) {
        return names.size() <= HandOver.MOST_ATTRIBUTES && names.stream().allMatch(HandOver::isAttribute);
    }

    private static <E extends Enum<E>> Setting<E> words(String name, E byDefault, E[] values, String description) {
        List<String> words = Arrays.stream(values).map(AssistantSettings::word).toList();
        return Setting.of(
                name,
                word(byDefault),
                description,
                text -> Arrays.stream(values)
                        .filter(value -> word(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be " + String.join(" or ", words))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

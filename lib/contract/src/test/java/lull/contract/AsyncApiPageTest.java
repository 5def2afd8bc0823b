package lull.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.contract.account.AccountFact;
import lull.contract.application.TurnHandled;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.ContentKind;
import lull.contract.message.CustomerAlias;
import lull.contract.message.GapRule;
import lull.contract.message.InputRecord;
import lull.contract.message.MessageStatus;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.TopicLayout;
import lull.contract.topic.Topics;
import lull.contract.trace.TraceParent;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds docs/asyncapi.yaml to the catalogue of topics and to the records that travel on them.
final class AsyncApiPageTest {

    /// Values of topics, from which every record that travels is reached.
    private static final List<Class<?>> VALUES = List.of(
            InputRecord.class,
            MessageStatus.class,
            AccountEvent.class,
            CustomerAlias.class,
            Turn.class,
            ChatEvent.class,
            Chat.class,
            SentPart.class,
            Reply.class,
            ReplyOutcome.class,
            TurnHandled.class,
            SettingChange.class,
            AccountFact.class,
            ConversationBegun.class,
            ActionPerformed.class,
            DeadLetterHandled.class,
            TopicLayout.class);

    /// Schemas by another name than their record's, where that name alone would say too little.
    private static final Map<String, String> NAMES = Map.of(
            "ReplyOrigin$Chat", "ReplyOriginChat",
            "ReplyOrigin$Application", "ReplyOriginApplication",
            "ReplyContent$Text", "ReplyContentText",
            "ReplyContent$Media", "ReplyContentMedia",
            "ReplyContent$Location", "ReplyContentLocation",
            "ReplyContent$Contacts", "ReplyContentContacts",
            "ReplyContent$Reaction", "ReplyContentReaction",
            "ReplyContent$Interactive", "ReplyContentInteractive",
            "ReplyContent$Template", "ReplyContentTemplate",
            "ReplyContent$Typing", "ReplyContentTyping");

    private static final JsonNode PAGE = page();

    /// The messages that are JSON, with what their values are read as.
    private static final Map<String, Class<?>> READ_AS = Map.ofEntries(
            Map.entry("message", InputRecord.class),
            Map.entry("tick", InputRecord.class),
            Map.entry("gapSetting", InputRecord.class),
            Map.entry("answer", InputRecord.class),
            Map.entry("erasure", InputRecord.class),
            Map.entry("gapRuleSetting", InputRecord.class),
            Map.entry("gapModelSetting", InputRecord.class),
            Map.entry("routeSetting", InputRecord.class),
            Map.entry("messageStatus", MessageStatus.class),
            Map.entry("accountEvent", AccountEvent.class),
            Map.entry("turn", Turn.class),
            Map.entry("chatEvent", ChatEvent.class),
            Map.entry("chat", Chat.class),
            Map.entry("sentPart", SentPart.class),
            Map.entry("reply", Reply.class),
            Map.entry("replyOutcome", ReplyOutcome.class),
            Map.entry("turnHandled", TurnHandled.class),
            Map.entry("customerAlias", CustomerAlias.class),
            Map.entry("settingChange", SettingChange.class),
            Map.entry("accountFact", AccountFact.class),
            Map.entry("conversationBegun", ConversationBegun.class),
            Map.entry("actionPerformed", ActionPerformed.class),
            Map.entry("deadLetterHandled", DeadLetterHandled.class),
            Map.entry("topicLayout", TopicLayout.class));

    /// Those whose value is bytes as they came, or nothing.
    private static final Set<String> WITHOUT_EXAMPLE =
            Set.of("deadLetter", "storeEntry", "unparsedWebhook", "tombstone");

    @Test
    void everyMessageHasAnExampleThatIsReadAndWrittenWithoutLoss() {
        PAGE.path("components").path("messages").properties().forEach(message -> {
            JsonNode examples = message.getValue().path("examples");
            if (WITHOUT_EXAMPLE.contains(message.getKey())) {
                assertThat(examples.isMissingNode()).as(message.getKey()).isTrue();
                return;
            }
            assertThat(examples).as("examples of %s", message.getKey()).isNotEmpty();
            Class<?> type = requireNonNull(READ_AS.get(message.getKey()), message.getKey());
            examples.forEach(example -> assertThat(again(example.path("payload"), type))
                    .as("the example of %s, read and written", message.getKey())
                    .isEqualTo(again(example.path("payload"), JsonNode.class)));
        });
    }

    /// What the code makes of an example.
    private static JsonNode again(JsonNode example, Class<?> type) {
        try {
            return Json.tree(Json.bytes(Json.read(Json.bytes(example), type)));
        } catch (UnreadableJson e) {
            throw new AssertionError(example + " cannot be read", e);
        }
    }

    @Test
    void everyTopicOfTheCatalogueIsOnThePageAndTheOtherWayRound() {
        assertThat(channels().keySet())
                .containsExactlyInAnyOrderElementsOf(topics().map(Topic::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theBrokersSettingsOfATopicAreThoseOfTheCatalogue(Topic topic) {
        JsonNode binding = channel(topic).path("bindings").path("kafka");
        Map<String, String> said = new TreeMap<>();
        binding.path("topicConfiguration").properties().forEach(setting -> {
            JsonNode value = setting.getValue();
            said.put(setting.getKey(), value.isArray() ? value.path(0).asText() : value.asText());
        });

        assertThat(said).isEqualTo(new TreeMap<>(topic.config()));
        assertThat(binding.path("topic").asText()).isEqualTo(topic.name());
        assertThat(channel(topic).path("x-key").asText()).isEqualTo(topic.key());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theMessagesOfATopicHaveTheValueOfTheCatalogue(Topic topic) {
        List<Class<?>> types = VALUES.stream()
                .filter(type -> type.getSimpleName().equals(topic.value()))
                .toList();
        Set<String> payloads = new TreeSet<>();
        channel(topic)
                .path("messages")
                .forEach(message ->
                        payloads.add(nameOf(at(message.path("$ref").asText()).path("payload"))));
        payloads.remove("Nothing");

        if (!types.isEmpty()) {
            Class<?> type = types.getFirst();
            assertThat(payloads)
                    .isEqualTo(type == InputRecord.class ? names(alternatives(type)) : Set.of(type.getSimpleName()));
        } else {
            assertThat(payloads).isSubsetOf("Bytes", "Text", "Any");
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void theSchemaOfARecordHasItsComponents(Class<?> type) {
        JsonNode schema = schema(name(type));
        Map<String, JsonNode> properties = new TreeMap<>();
        schema.path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), property.getValue()));
        Set<String> components = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = written(component);
            components.add(name);
            boolean mayBeLeftOut = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || component.getAccessor().isAnnotationPresent(JsonInclude.class);
            if (!mayBeLeftOut) {
                required.add(name);
            }
        }
        discriminator(type).ifPresent(components::add);
        discriminator(type).ifPresent(required::add);

        assertThat(properties.keySet()).isEqualTo(components);
        assertThat(texts(schema.path("required"))).isEqualTo(required);
    }

    /// The name of a component in JSON.
    private static String written(RecordComponent component) {
        JsonProperty other = component.getAccessor().getAnnotation(JsonProperty.class);
        return other == null ? component.getName() : other.value();
    }

    @Test
    void everyAlternativeIsThereByItsWord() {
        assertThat(records().filter(type -> discriminator(type).isPresent()))
                .hasSizeGreaterThan(10)
                .allSatisfy(type -> {
                    String property = discriminator(type).orElseThrow();
                    assertThat(schema(name(type))
                                    .path("properties")
                                    .path(property)
                                    .path("const")
                                    .asText())
                            .isEqualTo(word(type));
                });
        for (Class<?> choice : List.of(
                ChatEvent.What.class, ReplyOrigin.class, ReplyContent.class, ReplyOutcome.class, TurnHandled.class)) {
            Set<String> named = new TreeSet<>();
            schema(choice.getSimpleName()).path("oneOf").forEach(one -> named.add(nameOf(one)));
            assertThat(named).isEqualTo(names(alternatives(choice)));
        }
    }

    @Test
    void theWordsOfEnumsAreThere() {
        assertThat(texts(schema("TurnCause").path("enum")))
                .isEqualTo(
                        Arrays.stream(TurnCause.values()).map(TurnCause::word).collect(Collectors.toSet()));
        assertThat(texts(schema("ContentKind").path("enum")))
                .isEqualTo(Arrays.stream(ContentKind.values())
                        .map(ContentKind::word)
                        .collect(Collectors.toSet()));
        assertThat(texts(schema("GapRule").path("properties").path("policy").path("enum")))
                .isEqualTo(Arrays.stream(GapRule.Policy.values())
                        .map(GapRule.Policy::word)
                        .collect(Collectors.toSet()));
        assertThat(texts(schema("GapDecision").path("properties").path("by").path("enum")))
                .isEqualTo(Arrays.stream(GapDecision.By.values())
                        .map(GapDecision.By::word)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoSchemaIsLeftOver() {
        Set<String> references = PAGE.findValuesAsText("$ref").stream().collect(Collectors.toCollection(TreeSet::new));

        assertThat(references)
                .hasSizeGreaterThan(50)
                .noneMatch(reference -> at(reference).isMissingNode());
        PAGE.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> assertThat(references).contains("#/components/schemas/" + schema.getKey()));
        PAGE.path("components")
                .path("messages")
                .properties()
                .forEach(message -> assertThat(references).contains("#/components/messages/" + message.getKey()));
    }

    static Stream<Topic> topics() {
        return Stream.concat(
                Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())).stream(),
                Stream.of(Topics.APPLICATION_TURN_EXPECTED));
    }

    /// Every record of ours that is part of a value.
    static Stream<Class<?>> records() {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        VALUES.forEach(type -> reach(type, found));
        return found.values().stream();
    }

    private static void reach(Class<?> type, Map<String, Class<?>> found) {
        if (type.isSealed()) {
            alternatives(type).forEach(alternative -> reach(alternative, found));
        } else if (type.isRecord()
                && type != ConversationKey.class
                && type != TraceParent.class
                && found.putIfAbsent(type.getName(), type) == null) {
            for (RecordComponent component : type.getRecordComponents()) {
                reach(component.getType(), found);
                if (component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element) {
                    reach(element, found);
                }
            }
        }
    }

    private static List<Class<?>> alternatives(Class<?> type) {
        return List.of(type.getPermittedSubclasses());
    }

    private static Set<String> names(List<Class<?>> types) {
        return types.stream().map(AsyncApiPageTest::name).collect(Collectors.toSet());
    }

    private static String name(Class<?> type) {
        String binary = type.getName().substring(type.getPackageName().length() + 1);
        return NAMES.getOrDefault(binary, type.getSimpleName());
    }

    /// The property that tells the alternatives of a sealed type apart.
    private static Optional<String> discriminator(Class<?> type) {
        return choice(type)
                .map(choice -> choice.getAnnotation(JsonTypeInfo.class).property());
    }

    private static String word(Class<?> type) {
        return Arrays.stream(choice(type)
                        .orElseThrow()
                        .getAnnotation(JsonSubTypes.class)
                        .value())
                .filter(alternative -> alternative.value() == type)
                .map(JsonSubTypes.Type::name)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Class<?>> choice(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isAnnotationPresent(JsonTypeInfo.class)) {
                return Optional.of(parent);
            }
        }
        return Optional.empty();
    }

    private static Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new LinkedHashMap<>();
        PAGE.path("channels")
                .forEach(channel -> channels.put(channel.path("address").asText(), channel));
        return channels;
    }

    private static JsonNode channel(Topic topic) {
        return requireNonNull(channels().get(topic.name()), topic.name());
    }

    private static JsonNode schema(String name) {
        JsonNode schema = at("#/components/schemas/" + name);
        assertThat(schema.isObject())
                .as("docs/asyncapi.yaml has a schema %s", name)
                .isTrue();
        return schema;
    }

    private static JsonNode at(String reference) {
        return PAGE.at(reference.substring(1));
    }

    private static String nameOf(JsonNode reference) {
        String text = reference.path("$ref").asText();
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static JsonNode page() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("..", "..", "docs", "asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package lull.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.account.AccountFact;
import lull.contract.application.TurnHandled;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.MessageStatus;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.TopicLayout;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the records on topics to files of records that versions of Lull have written. This version
/// reads all of them, and what it writes has every member that was there, so that those versions
/// read it too. Files are never changed: for a new member or a new kind of record add a line to a
/// file of the version that comes next.
///
/// What the stores of the aggregator contain is held to files by `StoredFormsTest` in the aggregator.
final class RecordFormsTest {

    private static final Path RECORDS = Path.of("src/test/resources/records");

    /// The records that are values of topics, by the name that the catalogue gives them.
    private static final Map<String, Class<?>> VALUES = Stream.<Class<?>>of(
                    InputRecord.class,
                    MessageStatus.class,
                    AccountEvent.class,
                    AccountFact.class,
                    CustomerAlias.class,
                    ConversationBegun.class,
                    Turn.class,
                    ChatEvent.class,
                    Chat.class,
                    SentPart.class,
                    Reply.class,
                    ReplyOutcome.class,
                    TurnHandled.class,
                    SettingChange.class,
                    ActionPerformed.class,
                    DeadLetterHandled.class,
                    TopicLayout.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    /// A record as a version wrote it.
    record Written(Path file, Class<?> type, String json) {

        Object read() throws UnreadableJson {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
        }

        @Override
        public String toString() {
            return RECORDS.relativize(file) + " " + json;
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void isReadAndKeepsEveryMember(Written written) throws Exception {
        JsonNode before = Json.tree(written.json());
        JsonNode now = Json.tree(Json.bytes(written.read()));

        assertThat(missing("", before, now)).as("what the version before reads").isEmpty();
    }

    @Test
    void everyRecordOfTheCatalogueHasAFile() {
        Set<String> ofTopics = Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())).stream()
                .filter(topic ->
                        !topic.equals(Topics.WEBHOOK_UNPARSED) && !topic.name().endsWith(".dlq"))
                .map(Topic::value)
                .filter(value -> !value.equals("value of the store"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ofTopics).isEqualTo(new TreeSet<>(VALUES.keySet()));
        assertThat(written().map(written -> written.type().getSimpleName()).collect(Collectors.toSet()))
                .isEqualTo(ofTopics);
    }

    @Test
    void everyMemberEveryKindAndEveryWordIsInAFile() throws Exception {
        Set<String> seen = new HashSet<>();
        for (Written written : written().toList()) {
            collect(written.read(), seen);
        }

        Set<String> possible = new TreeSet<>();
        Set<Class<?>> visited = new HashSet<>();
        VALUES.values().forEach(type -> collectPossible(type, possible, visited));
        assertThat(possible).hasSizeGreaterThan(150);
        assertThat(seen).as("add what is missing to a file of the next version").containsAll(possible);
    }

    /// The names of members that a record has: `Turn.gap`, also `Turn.gap=null`'s absence; of kinds,
    /// and of words.
    private static void collect(Object value, Set<String> seen) throws ReflectiveOperationException {
        switch (value) {
            case Enum<?> word -> seen.add(nameOf(word.getDeclaringClass()) + "=" + word.name());
            case Collection<?> all -> {
                for (Object one : all) {
                    collect(one, seen);
                }
            }
            case Record composed -> {
                seen.add(nameOf(composed.getClass()));
                for (RecordComponent member : composed.getClass().getRecordComponents()) {
                    member.getAccessor().setAccessible(true);
                    Object part = member.getAccessor().invoke(composed);
                    if (part != null && !part.equals(false)) {
                        seen.add(nameOf(composed.getClass()) + "." + member.getName());
                        collect(part, seen);
                    }
                }
            }
            default -> {
                // A text, a number, a time, or JSON of others.
            }
        }
    }

    private static void collectPossible(Type type, Set<String> possible, Set<Class<?>> visited) {
        if (type instanceof ParameterizedType list) {
            collectPossible(list.getActualTypeArguments()[0], possible, visited);
            return;
        }
        Class<?> one = (Class<?>) type;
        if (!one.getPackageName().startsWith("lull.") || !visited.add(one)) {
            return;
        }
        if (one.isEnum()) {
            Arrays.stream(one.getEnumConstants())
                    .forEach(word -> possible.add(nameOf(one) + "=" + ((Enum<?>) word).name()));
        } else if (one.isSealed()) {
            Arrays.stream(one.getPermittedSubclasses()).forEach(kind -> collectPossible(kind, possible, visited));
        } else {
            possible.add(nameOf(one));
            for (RecordComponent member : requireNonNull(one.getRecordComponents(), one.getName())) {
                possible.add(nameOf(one) + "." + member.getName());
                collectPossible(member.getGenericType(), possible, visited);
            }
        }
    }

    private static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }

    /// The paths of members that were there before and are not there now, or are others.
    private static List<String> missing(String path, JsonNode before, JsonNode now) {
        if (before.isObject() && now.isObject()) {
            return before.properties().stream()
                    .flatMap(member ->
                            missing(path + "/" + member.getKey(), member.getValue(), now.path(member.getKey()))
                                    .stream())
                    .toList();
        }
        if (before.isArray() && now.isArray() && before.size() == now.size()) {
            return Stream.iterate(0, index -> index < before.size(), index -> index + 1)
                    .flatMap(index -> missing(path + "/" + index, before.get(index), now.get(index)).stream())
                    .toList();
        }
        return before.equals(now) ? List.of() : List.of(path + ": " + before + " is now " + now);
    }

    private static Stream<Written> written() {
        try (Stream<Path> files = Files.walk(RECORDS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream().flatMap(RecordFormsTest::lines);
        } catch (IOException e) {
            throw new AssertionError("The files cannot be read", e);
        }
    }

    private static Stream<Written> lines(Path file) {
        String name = file.getFileName().toString().replace(".jsonl", "");
        Class<?> type = requireNonNull(VALUES.get(name), () -> file + " is not named after a record of the catalogue");
        try {
            return Files.readAllLines(file).stream().map(line -> new Written(file, type, line));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}

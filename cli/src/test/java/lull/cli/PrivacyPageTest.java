package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.settings.Setting;
import org.junit.jupiter.api.Test;

/// Holds docs/privacy.md to the catalogue of topics and to the settings.
final class PrivacyPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)`[^|]* \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern DOTTED = Pattern.compile("`([a-z0-9]+(?:\\.[a-z0-9]+)+)`");

    private static final List<Topic> TOPICS = Stream.concat(
                    Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())).stream(),
                    Stream.of(Topics.APPLICATION_TURN_EXPECTED))
            .toList();
    private static final String PAGE = page();

    @Test
    void everyTopicIsOnThePageForAsLongAsItIsKept() {
        Map<String, String> kept = new TreeMap<>();
        ROW.matcher(section("## In Kafka")).results().forEach(row -> kept.put(row.group(1), row.group(3)));

        assertThat(kept.keySet()).isEqualTo(TOPICS.stream().map(Topic::name).collect(Collectors.toSet()));
        assertThat(TOPICS).allSatisfy(topic -> {
            String words = kept.get(topic.name());
            switch (topic.kept()) {
                case Topic.Kept.For(var time) ->
                    assertThat(words)
                            .as(topic.name())
                            .isEqualTo(time.toDays() == 1 ? "1 day" : time.toDays() + " days");
                case Topic.Kept.LatestOfEachKey _ ->
                    assertThat(words).as(topic.name()).containsPattern("^(forever|until)\\b");
            }
        });
    }

    @Test
    void everySettingOnThePageExists() {
        Set<String> named = DOTTED.matcher(PAGE)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        TOPICS.forEach(topic -> named.remove(topic.name()));
        // One of Kafka's own.
        named.remove("segment.ms");
        named.remove("max.compaction.lag.ms");

        assertThat(named).hasSizeGreaterThan(5);
        assertThat(Configuration.known(new Configuration.SettingScopes(
                                List.of(), List.of(), List.of(), List.of(), List.of(), List.of()))
                        .stream()
                        .map(Setting::name))
                .containsAll(named);
    }

    private static String section(String title) {
        String from = PAGE.substring(PAGE.indexOf("\n" + title + "\n") + title.length());
        return from.substring(0, from.indexOf("\n## "));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "privacy.md"));
        } catch (IOException e) {
            throw new AssertionError("docs/privacy.md cannot be read", e);
        }
    }
}

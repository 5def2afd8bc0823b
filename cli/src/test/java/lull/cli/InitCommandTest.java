package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lull.runtime.admin.AdminSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class InitCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @TempDir
    private Path directory;

    @Test
    void writesEverySettingOnceWithItsDefaultAndWhatItIs() throws IOException {
        Path file = directory.resolve("lull.properties");

        assertThat(lull.execute("init", file.toString())).isZero();

        List<String> lines = Files.readAllLines(file);
        Map<String, String> named = new TreeMap<>();
        lines.stream().filter(line -> line.matches("#?[a-z][a-z0-9.]+=.*")).forEach(line -> {
            String[] parts = line.replaceFirst("^#", "").split("=", 2);
            assertThat(named.put(parts[0], parts[1])).as(line).isNull();
        });
        for (SettingsCommand.Group group : SettingsCommand.groups()) {
            for (Setting<?> setting : group.settings()) {
                assertThat(named)
                        .containsEntry(setting.name(), setting.defaultText().orElse(""));
            }
        }
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(400));
        assertThat(out.toString()).contains("Wrote " + file);
    }

    @Test
    void leavesAFileThatIsThereAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("lull.properties"), "turn.gap=8s\n");

        assertThat(lull.execute("init", file.toString())).isEqualTo(1);

        assertThat(err.toString().strip())
                .isEqualTo("The file " + file + " exists already and is not changed: give another name");
        assertThat(file).hasContent("turn.gap=8s");
    }

    @Test
    void saysWhyItCannotWrite() {
        assertThat(lull.execute("init", directory.resolve("no/lull.properties").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("cannot be written (NoSuchFileException)");
    }

    /// What is there and not a comment is what a new installation has to fill in, and it is enough.
    @Test
    void needsNoMoreThanItsFirstPart() throws IOException {
        Path file = directory.resolve("lull.properties");
        lull.execute("init", file.toString());
        Map<String, String> keys = new TreeMap<>(SettingsLoader.read(file));

        Set<String> active = new LinkedHashSet<>(InitCommand.FIRST);
        active.add("kafka.bootstrap.servers");
        assertThat(keys.keySet()).containsExactlyInAnyOrderElementsOf(active);
        InitCommand.FIRST.forEach(name -> keys.put(name, "x"));
        keys.put("connect.queue.url", "https://sqs.us-east-1.amazonaws.com/123456789012/chats");
        keys.put("connect.instance.id", "11111111-2222-4333-8444-555555555555");
        keys.put("connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats");
        Settings settings = Configuration.load(Map.of(), keys);

        Set<Integer> ports = new LinkedHashSet<>();
        for (String process : List.of("ingress", "aggregator", "bridge")) {
            ports.add(AdminSettings.adminAddress(settings, process).port());
        }
        ports.addAll(List.of(8080, 8082, 8083));
        assertThat(ports).as("no two ports are the same").hasSize(6);
    }
}

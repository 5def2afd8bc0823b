package lull.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Alarms and the dashboard.
final class AlarmsTest {

    static List<Path> files() {
        return Synthesized.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyAlarmSaysWhatHappenedAndWhatHelpsAndReachesOperators(Path file) {
        Synthesized all = Synthesized.of(file);
        Set<String> anchors =
                Set.of(RunbookPart.values()).stream().map(RunbookPart::anchor).collect(Collectors.toSet());

        assertThat(all.resources("AWS::CloudWatch::Alarm"))
                .hasSizeGreaterThan(12)
                .allSatisfy(alarm -> {
                    String description = alarm.at("/AlarmDescription").asText();
                    assertThat(description)
                            .matches("[A-Z].*\\. Runbook: "
                                    + all.installation().operations().runbook() + "#[a-z-]+");
                    assertThat(anchors).contains(description.replaceFirst(".*#", ""));
                    assertThat(alarm.at("/AlarmActions")).hasSize(1);
                    // The condition of the alarm topic's policy.
                    assertThat(alarm.at("/AlarmName").asText())
                            .startsWith(all.installation().name() + "-");
                });
        assertThat(all.resources("AWS::SNS::Subscription")
                        .filter(one -> one.at("/Protocol").asText().equals("email"))
                        .map(one -> one.at("/Endpoint").asText()))
                .isNotEmpty()
                .containsOnly("operators@example.com");
        assertThat(all.resources("AWS::CloudWatch::Dashboard")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void theRunbookHasThePart(RunbookPart part) throws IOException {
        assertThat(Files.readString(Path.of("..", "..", "docs", "runbook.md"))
                        .lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-')))
                .contains(part.anchor());
    }

    @Test
    void everyChoiceOfKafkaHasItsAlarms() {
        assertThat(names(Synthesized.example()))
                .contains(
                        "kafka-controller",
                        "kafka-cpu-1",
                        "kafka-connections-1",
                        "kafka-throttled-3",
                        "kafka-fetch-throttled-3")
                .noneMatch(name -> name.matches("kafka-(disk|offline|replicas|min-isr).*"));
        assertThat(names(Synthesized.named("standard")))
                .contains(
                        "kafka-controller",
                        "kafka-cpu-4",
                        "kafka-connections-4",
                        "kafka-disk-4",
                        "kafka-offline",
                        "kafka-replicas-4",
                        "kafka-min-isr-4")
                .noneMatch(name -> name.contains("throttled"));
        assertThat(names(Synthesized.named("existing"))).noneMatch(name -> name.startsWith("kafka-"));
    }

    @Test
    void everyInputTopicAndEveryQueueHasItsAlarms() {
        assertThat(names(Synthesized.named("standard")))
                .contains(
                        "turns-late-whatsapp-message-received",
                        "turns-late-whatsapp-message-received-sales",
                        "waits-lull-turn-to-chat",
                        "queue-chats-waits",
                        "queue-chats-dead",
                        "topic-chats-failed");
        assertThat(names(Synthesized.named("regions"))).contains("queue-webhooks-waits", "queue-webhooks-dead");
    }

    @Test
    void applicationsHaveTheirAlarmsIfThereAreAny() {
        assertThat(names(Synthesized.named("standard")))
                .contains(
                        "waits-lull-turn-to-application",
                        "applications-tasks",
                        "applications-errors",
                        "applications-not-ready",
                        "applications-behind",
                        "applications-paused",
                        "applications-wait",
                        "applications-refuse",
                        "applications-dead-letters");
        assertThat(names(Synthesized.example())).noneMatch(name -> name.contains("application"));
    }

    @Test
    void theArchiveAndItsDatabaseHaveTheirAlarmsIfTheyAreThere() {
        assertThat(names(Synthesized.named("standard")))
                .contains(
                        "archive-tasks",
                        "archive-errors",
                        "archive-not-ready",
                        "archive-dependency",
                        "archive-behind",
                        "archive-missed",
                        "database-storage",
                        "database-cpu");
        assertThat(names(Synthesized.named("existing")))
                .contains("archive-tasks")
                .noneMatch(name -> name.startsWith("database-"));
        assertThat(names(Synthesized.example())).noneMatch(name -> name.matches("(archive|database)-.*"));
        assertThat(dashboard(Synthesized.named("standard"))).contains("lull_archive_lag", "FreeStorageSpace");
        assertThat(dashboard(Synthesized.named("existing"))).doesNotContain("FreeStorageSpace");
        assertThat(dashboard(Synthesized.example())).doesNotContain("rchive");
    }

    @Test
    void theConsoleHasItsAlarmsIfItIsThere() {
        assertThat(names(Synthesized.named("standard")))
                .contains("console-tasks", "console-errors", "console-not-ready", "console-degraded")
                .doesNotContain("console-behind");
        assertThat(names(Synthesized.example())).noneMatch(name -> name.startsWith("console-"));
    }

    @Test
    void theDashboardShowsApplicationsIfThereAreAny() {
        assertThat(dashboard(Synthesized.named("standard")))
                .contains("lull_applications_turns_total", "lull-turn-to-application", "lull_applications_pauses");
        assertThat(dashboard(Synthesized.example())).doesNotContain("application");
    }

    private static String dashboard(Synthesized all) {
        return all.resources("AWS::CloudWatch::Dashboard")
                .map(dashboard -> dashboard.at("/DashboardBody").toString())
                .findFirst()
                .orElseThrow();
    }

    /// Alarms are in the Region of their metrics.
    @Test
    void topicsOfOtherRegionsHaveTheirAlarmsThere() {
        assertThat(Synthesized.named("regions")
                        .resources("AWS::CloudWatch::Alarm")
                        .filter(alarm -> alarm.stack().equals("chats-af-south-1"))
                        .map(alarm -> alarm.at("/AlarmName").asText()))
                .containsExactlyInAnyOrder("world-queue-chats-dead", "world-topic-chats-failed");
    }

    private static List<String> names(Synthesized all) {
        return all.resources("AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.at("/AlarmName")
                        .asText()
                        .substring(all.installation().name().length() + 1))
                .toList();
    }
}

package lull.cdk.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.cli.Lull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of an installation.
final class InstallationFileTest {

    private static final Path EXAMPLE = Path.of("installations", "example.yaml");

    @TempDir
    private Path folder;

    /// The example says so of every line that is not marked with "Yours".
    @Test
    void membersOfTheExampleHaveTheirDefaults() throws IOException {
        String shorter = Files.readString(EXAMPLE)
                .replaceAll(
                        "(?m)^  (cidr|natGateways|kind|brokerType|brokers|version|webhooks|architecture|enabled):.*\n",
                        "")
                .replaceAll("(?m)^(kafka|sizes|logDays|metrics|exec|protected):.*\n", "")
                .replaceAll("(?m)^  (ingress|aggregator|bridge|applications|archive|console): .*\n", "");

        assertThat(InstallationFile.read(written(shorter))).isEqualTo(InstallationFile.read(EXAMPLE));
    }

    /// A reader who removes the comment signs gets a file that can be used.
    @Test
    void choicesInCommentsCanBeUncommented() throws IOException {
        String all = Files.readString(EXAMPLE)
                .replaceAll("(?m)^(  )?# ((zone|repliesFrom|requestsPerMinute|image|tags): )", "$1$2")
                .replaceAll("(?m)^(  )# (( *|- )(id|region|instance|flow|ownToken|endUserMessaging): )", "$1$2")
                .replaceAll(
                        "(?m)^# ((endUserMessaging|store|keptFiles|secretKey):|  (account|fileDays|days|baseUrl): )",
                        "$1");

        Installation installation = InstallationFile.read(written(all));

        assertThat(installation.endUserMessaging()).isPresent();
        assertThat(installation.store()).isPresent();
        assertThat(installation.keptFiles()).isPresent();
        assertThat(installation.secretKey()).isPresent();
        assertThat(installation.doors().zone()).isPresent();
        assertThat(installation.doors().hasReplies()).isTrue();
        assertThat(installation.numbers()).hasSize(2);
        assertThat(LullSettings.of(installation))
                .containsEntry("connect.numbers", "106540352242922,106540352242933")
                .containsEntry("connect.region.106540352242933", "us-east-1")
                .containsEntry(
                        "whatsapp.eum.numbers", "106540352242933=phone-number-id-0123456789abcdef0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account: "123456789012"|account: 123456789012|account must be the twelve digits of an AWS account, in quotes (it is '123456789012')
                    name: lull-production|name: Lull|name must be 2 to 20 lower-case letters
                    name: lull-production|name: lull-|name must be 2 to 20 lower-case letters, digits and hyphens, which begin with a letter (but not with internal-) and do not end with a hyphen (it is 'lull-')
                    name: lull-production|name: internal-lull|name must be 2 to 20 lower-case letters
                    name: lull-production|nam: lull|There is no member nam; here are account, alarms
                    region: eu-central-1|region: Frankfurt|region must be an AWS Region, such as eu-central-1 (it is 'Frankfurt')
                    zones: [eu-central-1a, eu-central-1b, eu-central-1c]|zones: [eu-west-1a, eu-west-1b]|network.zones must all be in eu-central-1
                    zones: [eu-central-1a, eu-central-1b, eu-central-1c]|zones: [eu-central-1a, eu-central-1b]|network.zones must list 3 availability zones, because Express brokers need them
                    zones: [eu-central-1a, eu-central-1b, eu-central-1c]|zones: eu-central-1a|network.zones must be a list
                    kind: express|kind: serverless|kafka.kind must be one of express, standard, existing (it is 'serverless')
                    kind: express|kind: existing|kafka.cluster is missing; it is the ARN of a cluster of Amazon MSK
                    brokerType: m7g.large|brokerType: t3.small|kafka.brokerType must be one of m7g.12xlarge
                    brokers: 3|brokers: 4|kafka: Express brokers are in 3 zones, and their number is 4: choose a multiple of 3
                    instance: 11111111-2222-4333-8444-555555555555|instance: support|numbers[0].instance must be an id of Amazon Connect
                    - id: "106540352242922"|- region: us-east-1|numbers[0].id is missing
                    - id: "106540352242922"|- id: "1"\\n    region: us-east-1|numbers[0].region must be eu-central-1, because the queue of chat events is there
                    certificate: arn:aws:acm:eu-central-1|certificate: arn:aws:acm:us-east-1|doors.certificate must be in the Region of the load balancer, eu-central-1
                    '# repliesFrom: [203.0.113.0/24]'|repliesFrom: [0.0.0.0/0]|doors.repliesFrom must list your own networks, none larger than /8
                    '# repliesFrom: [203.0.113.0/24]'|repliesFrom: [0.0.0.0/1, 128.0.0.0/1]|doors.repliesFrom must list your own networks, none larger than /8
                    aggregator: {tasks: 2, cpu: 512, memory: 2048, restoreMinutes: 10}|aggregator: {cpu: 512, memory: 8192}|sizes.aggregator.memory must be 1024 to 4096 in steps of 1024 for a cpu of 512 (it is '8192')
                    bridge: {tasks: 2, cpu: 512, memory: 2048}|bridge: {cpu: 512, memory: 2048, heap: 1400}|sizes.bridge.heap must be at most 1344, because the process needs 512 MiB beside its heap, and the container that copies metrics 192 (it is '1400'): lower it, or raise memory
                    aggregator: {tasks: 2, cpu: 512, memory: 2048, restoreMinutes: 10}|aggregator: {cpu: 512, memory: 2048, disk: 300}|sizes.aggregator.disk must be a number from 20 to 200 (it is '300')
                    restoreMinutes: 10|restoreMinutes: 60|sizes.aggregator.restoreMinutes must be a number from 10 to 55 (it is '60')
                    protected: false|protected: later|protected must be true or false (it is 'later')
                    runbook: https|# runbook: https|alarms.runbook is missing; it is an address that begins with https://
                    bridge: {tasks: 2|bridge: {tasks: two|sizes.bridge.tasks must be a number from 1 to 500 (it is 'two')
                    logDays: 30|archive: {instance: db.t4g.medium}\\nlogDays: 30|archive.instance must be a class of Amazon RDS without its prefix, such as t4g.medium
                    logDays: 30|archive: {storageGibibytes: 600, maxStorageGibibytes: 500}\\nlogDays: 30|archive.maxStorageGibibytes must not be less than storageGibibytes, 600
                    logDays: 30|archive: {version: 14}\\nlogDays: 30|archive.version must be a number from 15 to 18 (it is '14')
                    logDays: 30|archive: {database: {url: "jdbc:postgresql://db.example.com:6432/lull"}}\\nlogDays: 30|archive.database.url must be the address of a PostgreSQL at port 5432
                    logDays: 30|archive: {database: {url: "jdbc:postgresql://db.example.com/lull"}}\\nlogDays: 30|archive.database.secret is missing; it is the ARN of a secret
                    logDays: 30|archive: {clients: [10.0.0.0/8]}\\nlogDays: 30|archive.clients[0] must be the id of a security group
                    archive: {tasks: 2, cpu: 512, memory: 1024}|archive: {memory: 1024, heap: 600}|sizes.archive.heap must be at most 512, because the process needs 320 MiB beside its heap
                    logDays: 30|console: {from: [0.0.0.0/0]}\\nlogDays: 30|console.from must list your own networks, none larger than /8
                    logDays: 30|console: {from: [10.0.0.0/8]}\\nlogDays: 30|console.hostname is missing; it is the name of a host
                    logDays: 30|console: {from: [10.0.0.0/8], hostname: c.example.com, certificate: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-4333-8444-555555555555"}\\nlogDays: 30|console.certificate must be in the Region of the load balancer, eu-central-1
                    logDays: 30|console: {hostname: c.example.com}\\nlogDays: 30|console.from is missing: without networks of operators there is no load balancer
                    console: {cpu: 512, memory: 1024}|console: {tasks: 2}|There is no member sizes.console.tasks
                    turn.gap: 5s|console.watch: http://localhost:9090|settings.console.watch is decided by the member console of the file
                    logDays: 30|traces: {collector: "collector.internal"}\\nlogDays: 30|traces.collector must be the address of a collector of OpenTelemetry with its port
                    logDays: 30|traces: {collector: "http://c.internal:4318", share: "2"}\\nlogDays: 30|traces.share must be a number from 0 to 1
                    logDays: 30|logDays: 31|logDays must be one of 1, 3, 5
                    turn.gap: 5s|turn.gap: soon|turn.gap
                    turn.gap: 5s|turn.gapp: 5s|There is no setting turn.gapp
                    turn.gap: 5s|admin.tls.keystore: /keys.p12|settings.admin.tls.keystore cannot be set: the load balancer
                    turn.gap: 5s|destination.bot.secrets: whsec_x|settings.destination.bot.secrets is a secret, which templates must not show: put it into the member destination-bot-secrets of the secret
                    turn.gap: 5s|admin.port: 7|settings.admin.port is decided by the rest of the file
                    turn.gap: 5s|topics.partitions: 128|kafka: Each broker would have 3458 partitions with replicas
                    """)
    void saysWhatIsWrong(String instead, String with, String problem) throws IOException {
        String example = Files.readString(EXAMPLE);
        assertThat(example).contains(instead);
        Path file = written(example.replace(instead, with.replace("\\n", "\n")));

        assertThatThrownBy(() -> InstallationFile.read(file))
                .isInstanceOf(WrongInstallation.class)
                .hasMessageContaining(problem);
    }

    @Test
    void anArchiveIsOffUnlessTheFileHasOneAndItsCommentsCanBeRemoved() throws IOException {
        String example = Files.readString(EXAMPLE);
        assertThat(InstallationFile.read(EXAMPLE).archive()).isEmpty();
        Path file = written(example.replaceAll(
                "(?m)^# (archive:"
                        + "|  (instance|version|majorUpgrade|storageGibibytes|maxStorageGibibytes|standby|backupDays): .*)$",
                "$1"));

        assertThat(InstallationFile.read(file).archive())
                .contains(new ArchiveReader(
                                new Members(new ObjectMapper().createObjectNode(), "archive", new ArrayList<>()),
                                "eu-central-1")
                        .database());
    }

    @Test
    void aConsoleIsOffUnlessTheFileHasOneAndItsCommentsCanBeRemoved() throws IOException {
        String example = Files.readString(EXAMPLE);
        assertThat(InstallationFile.read(EXAMPLE).console()).isEmpty();
        String all = example.replaceFirst(
                "(?m)^# console:\n(?:# [A-Z].*\n|# c.*\n)*#   (from: .*)\n#   (hostname: .*)\n#   (cert.*)\n#   (zone: .*)$",
                "console:\n  $1\n  $2\n  $3\n  $4");
        assertThat(all).isNotEqualTo(example);

        assertThat(InstallationFile.read(written(all)).console().orElseThrow().door())
                .hasValueSatisfying(door -> {
                    assertThat(door.from()).containsExactly("10.0.0.0/8");
                    assertThat(door.hostname()).isEqualTo("console.lull.example.com");
                    assertThat(door.zone()).isPresent();
                });
    }

    /// Otherwise the certificate of a database could not be checked.
    @Test
    void theRegionsOfTheArchiveAreThoseWhoseAuthorityIsInTheImages() throws IOException {
        assertThat(Files.readString(Path.of("..", "image", "rds-ca.pem"))
                        .lines()
                        .filter(line -> line.matches("# [a-z]+(-[a-z]+)+-\\d"))
                        .map(line -> line.substring(2)))
                .containsExactlyElementsOf(ArchiveReader.REGIONS);
    }

    /// A reader who removes the comment signs of the application has one.
    @Test
    void theApplicationInCommentsCanBeUncommented() throws IOException {
        String all = Files.readString(EXAMPLE).replaceAll("(?m)^  # (destination|routes)", "  $1");

        Installation installation = InstallationFile.read(written(all));

        ApplicationDestinations destinations = new ApplicationDestinations(installation);
        assertThat(destinations.areThere()).isTrue();
        assertThat(destinations.secrets()).containsExactly("destination.bot.secrets");
        assertThat(destinations.ports()).isEmpty();
        assertThat(new ApplicationDestinations(InstallationFile.read(EXAMPLE)).areThere())
                .isFalse();
    }

    @Test
    void chatwootAndChannelsHaveTheirSecretsAndPathsOfTheIngress() throws IOException {
        String all = Files.readString(EXAMPLE)
                .replaceAll("(?m)^  # (destination|routes)", "  $1")
                .replace("destination.bot.kind: http", "destination.bot.kind: chatwoot")
                .replace(
                        "  destinations: bot",
                        "  destinations: bot\n  channels: desk,tg,evo\n  channel.tg.kind: telegram\n"
                                + "  channel.evo.kind: evolution");

        Installation installation = InstallationFile.read(written(all));

        ApplicationDestinations destinations = new ApplicationDestinations(installation);
        assertThat(destinations.secrets()).containsExactly("destination.bot.inbox", "destination.bot.token");
        assertThat(destinations.secretsOfCallbacks())
                .containsExactly("destination.bot.inbox", "destination.bot.callback.secrets");
        assertThat(destinations.secretsOfChecks())
                .containsExactly("destination.bot.inbox", "destination.bot.token", "destination.bot.callback.secrets");
        assertThat(destinations.getsFiles()).isTrue();
        assertThat(ChannelSecrets.ofIngress(installation))
                .containsExactly("channel.desk.secrets", "channel.tg.secrets", "channel.evo.secrets");
        assertThat(ChannelSecrets.ofBridge(installation))
                .containsExactly("channel.desk.signing.secrets", "channel.tg.token", "channel.evo.headers");
        assertThat(OtherPaths.of(installation))
                .containsExactly(
                        "/channels/*", "/webhooks/chatwoot/*", "/webhooks/evolution/*", "/webhooks/telegram/*");
    }

    @Test
    void anAssistantHasAKeyInTheSecretAndItsPortIsReached() throws IOException {
        String all = Files.readString(EXAMPLE)
                .replaceAll("(?m)^  # (destination|routes)", "  $1")
                .replace("destination.bot.kind: http", "destination.bot.kind: assistant")
                .replace("https://bot.example.com/turns", "http://models.example.com:8000/v1");

        Installation installation = InstallationFile.read(written(all));

        ApplicationDestinations destinations = new ApplicationDestinations(installation);
        assertThat(destinations.areThere()).isTrue();
        assertThat(destinations.secrets()).containsExactly("destination.bot.key");
        assertThat(destinations.secretsOfChecks()).containsExactly("destination.bot.key");
        assertThat(destinations.ports()).containsExactly(8000);
    }

    @Test
    void chatsOfARegionThatMustBeEnabledCannotReachAnotherSuchRegion() throws IOException {
        String far = Files.readString(EXAMPLE).replace("eu-central-1", "eu-central-2");
        String two = far.replace(
                "    flow: 66666666-7777-4888-8999-000000000000",
                "    flow: 66666666-7777-4888-8999-000000000000\n  - {id: \"2\", region: af-south-1,"
                        + " instance: 11111111-2222-4333-8444-555555555555,"
                        + " flow: 66666666-7777-4888-8999-000000000000}");

        assertThat(InstallationFile.read(written(far)).region()).isEqualTo("eu-central-2");
        assertThatThrownBy(() -> InstallationFile.read(written(two)))
                .hasMessageContaining("numbers[1].region must not be af-south-1");
    }

    @ParameterizedTest
    @CsvSource({"express, m7g.16xlarge", "standard, m7g.8xlarge", "standard, m5.24xlarge"})
    void largeBrokersCanBeChosen(String kind, String type) throws IOException {
        Path file = written(Files.readString(EXAMPLE)
                .replace("kind: express", "kind: " + kind)
                .replace("version: 3.9.x", "")
                .replace("brokerType: m7g.large", "brokerType: " + type));

        assertThat(InstallationFile.read(file).kafka().kind().word()).isEqualTo(kind);
    }

    @Test
    void standardBrokersAreSpreadOverTheZones() throws IOException {
        Path file = written(Files.readString(EXAMPLE)
                .replace("kind: express", "kind: standard")
                .replace("brokers: 3", "brokers: 4"));

        assertThatThrownBy(() -> InstallationFile.read(file))
                .hasMessageContaining("kafka.brokers must be a multiple of the number of zones, 3 (it is '4')");
    }

    /// The numbers of docs/sizing.md can be entered. 100,000 a second do not fit on brokers with
    /// IAM authentication, as the page says.
    @ParameterizedTest
    @ValueSource(ints = {10, 1_000})
    void whatIsSizedCanBeEntered(int rate) throws IOException {
        StringWriter out = new StringWriter();
        assertThat(Lull.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("sizing", "--rate", Integer.toString(rate), "--per-turn", "4"))
                .isZero();
        String example = Files.readString(EXAMPLE);
        for (String service : List.of("ingress", "aggregator", "bridge")) {
            String[] row = out.toString()
                    .lines()
                    .filter(line -> line.startsWith(service + " "))
                    .findFirst()
                    .orElseThrow()
                    .replace(",", "")
                    .split(" +", -1);
            long cpu = Math.round(Double.parseDouble(row[2]) * 1_024);
            long disk = row.length > 5 ? Math.max(20, (long) Math.ceil(Double.parseDouble(row[5]))) : 20;
            example = example.replaceFirst(
                    "(?m)^  " + service + ": \\{.*}$",
                    "  " + service + ": {tasks: " + row[1] + ", cpu: " + cpu + ", heap: " + row[3] + ", memory: "
                            + row[4] + ", disk: " + disk + "}");
        }

        Installation read = InstallationFile.read(written(example));

        assertThat(read.sizes().bridge().heap())
                .hasValueSatisfying(heap -> assertThat(heap).isGreaterThan(500));
    }

    /// What only follows from sizes can be set otherwise.
    @Test
    void settingsOverrideWhatIsSuggested() throws IOException {
        Path file = written(Files.readString(EXAMPLE).replace("turn.gap: 5s", "turn.settle: 5s"));

        assertThat(LullSettings.of(InstallationFile.read(EXAMPLE)))
                .containsEntry("turn.settle", "3s")
                .containsEntry("streams.standbys", "1");
        assertThat(LullSettings.of(InstallationFile.read(file))).containsEntry("turn.settle", "5s");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws IOException {
        Path file = written("name: x\nregion: eu-central-1\nnumbers: []\nlogDays: 9\nstor: {}\n");

        assertThatThrownBy(() -> InstallationFile.read(file))
                .hasMessageContaining("cannot be used:\n- ")
                .hasMessageContaining("- name must be")
                .hasMessageContaining("- account is missing")
                .hasMessageContaining("- numbers must list at least one business number")
                .hasMessageContaining("- doors.hostname is missing")
                .hasMessageContaining("- alarms.mail is missing")
                .hasMessageContaining("- alarms.runbook is missing")
                .hasMessageContaining("- secret is missing")
                .hasMessageContaining("- logDays must be one of")
                .hasMessageContaining("- There is no member stor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: [|It is not YAML
                    name: a1\\nname: b1|It is not YAML: Duplicate
                    - one|The file must have members
                    """)
    void aFileThatIsNoInstallationIsReported(String yaml, String problem) throws IOException {
        Path file = written(yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> InstallationFile.read(file)).hasMessageContaining(problem);
    }

    @Test
    void aFileThatIsNotThereIsReported() {
        assertThatThrownBy(() -> InstallationFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("It cannot be read");
    }

    @Test
    void variablesAreThoseOfTheSettings() {
        assertThat(List.of("turn.gap", "connect.region.1", "kafka.sasl.mechanism").stream()
                        .map(LullSettings::variable))
                .containsExactly("LULL_TURN_GAP", "LULL_CONNECT_REGION_1", "KAFKA_SASL_MECHANISM");
        assertThat(LullSettings.environment(InstallationFile.read(EXAMPLE)))
                .containsAllEntriesOf(Map.of("LULL_TURN_GAP", "5s", "LULL_ADMIN_PORT", "9090"));
    }

    private Path written(String yaml) throws IOException {
        return Files.writeString(folder.resolve("installation.yaml"), yaml);
    }
}

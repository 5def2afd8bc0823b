package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lull.runtime.process.Launcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// What people are told who make one of the most likely mistakes: one sentence or two, with what helps, and neither a
/// stack nor a page of usage.
final class MistakesTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sent           | There is no command 'lull sent'. Did you mean 'lull send'? 'lull help' lists all commands.
                    dcotor         | There is no command 'lull dcotor'. Did you mean 'lull doctor'? 'lull help' lists all commands.
                    aggregater     | There is no command 'lull aggregater'. Did you mean 'lull aggregator'? 'lull help' lists all commands.
                    agg            | There is no command 'lull agg'. Did you mean 'lull aggregator'? 'lull help' lists all commands.
                    start          | There is no command 'lull start'. 'lull help' lists all commands.
                    topics crate   | There is no command 'lull topics crate'. Did you mean 'lull topics create'? 'lull help topics' lists all commands.
                    gap get        | There is no command 'lull gap get'. Did you mean 'lull gap set'? 'lull help gap' lists all commands.
                    help sent      | There is no command 'lull sent'. Did you mean 'lull send'? 'lull help' lists all commands.
                    send --form 1  | There is no option --form. Did you mean --from? 'lull help send' shows how to use it.
                    doctor --verb  | There is no option --verb. 'lull help doctor' shows how to use it.
                    topics check x | Unexpected argument 'x'. 'lull help topics check' shows how to use it.
                    """)
    void suggestsOnlyWhatIsProbablyMeant(String call, String words) {
        assertThat(lull.execute(call.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    help                | Usage: lull [-hV] COMMAND
                    help send           | Usage: lull send
                    help topics create  | Usage: lull topics create
                    ''                  | Usage: lull [-hV] COMMAND
                    """)
    void helps(String call, String usage) {
        assertThat(lull.execute(words(call))).isZero();
        assertThat(out.toString()).contains(usage);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysThatASubcommandIsMissing() {
        assertThat(lull.execute("gap")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("'lull help gap' shows how to use it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:1", "http://localhost:1", "localhost:1/", "http://localhost:1/webhooks/whatsapp"})
    void takesAnAddressWithoutItsSchemeAndPath(String url) {
        assertThat(lull.execute("send", "--url", url, "Hello")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("Nothing listens at http://localhost:1/webhooks/whatsapp: is Lull running there?");
    }

    @Test
    void takesTheAddressOfAnAggregatorWithoutItsScheme() {
        assertThat(lull.execute("gap", "show", "--url", "localhost:1")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("No aggregator answers at http://localhost:1: give the address of one with --url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    set T                                | Give a gap such as 8s, or --default, --policy or --like.
                    set T 8s --default                   | --default restores the configured gap and policy: give neither of them with it.
                    set T --policy adaptive --default    | --default restores the configured gap and policy: give neither of them with it.
                    set T 8s --lambda 66                 | --lambda, --floor and --cap need --policy adaptive, --policy shadow or --like.
                    set T --cap 20s                      | --lambda, --floor and --cap need --policy adaptive, --policy shadow or --like.
                    set T 8s --like 10s                  | --like sets the gap: leave the other gap away.
                    set T --like 10s --lambda 66         | --like and --lambda say the same in two ways: give one of them.
                    set T --like 10s --policy fixed      | --like is for the adaptive gap: give a gap instead, or another policy.
                    set T 8s --policy shadow --lambda x  | Invalid value for option '--lambda'
                    model                                | lull help gap model
                    model set T                          | Missing required parameter: 'FILE'
                    model reset T --number 1             | There is no option --number.
                    """)
    void refusesOptionsOfTheGapThatContradictOneAnother(String call, String words) {
        assertThat(lull.execute(("gap " + call).split(" +"))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    set pilot                            | Missing required option: '--to
                    set --to bot                         | Missing required parameter: 'NAME'
                    set Pilot --to bot                   | The name of a route has up to 64 lower-case letters, digits and hyphens
                    set pilot --to bot --share 101       | A share is a number of percent from 0 to 100 with up to two decimals, such as 10 or 0.25, not 101.
                    set pilot --to bot --share ten       | A share is a number of percent from 0 to 100
                    set pilot --to Bot                   | A destination has up to 64 lower-case letters
                    set pilot --to bot --app My.App      | An app has up to 64 lower-case letters
                    set pilot --to bot --before pilot    | --before names another route than NAME.
                    set pilot --to bot --percent 10      | There is no option --percent.
                    share pilot                          | Missing required parameter: 'PERCENT'
                    share pilot 0.125                    | A share is a number of percent from 0 to 100 with up to two decimals
                    remove                               | Missing required parameter: 'NAME'
                    shares pilot 10                      | Did you mean 'lull route share'?
                    list whatsapp.message.received       | lull help route list
                    """)
    void refusesRoutesThatMakeNoSense(String call, String words) {
        assertThat(lull.execute(("route " + call).split(" +"))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    messages,--limit,-1                   | --limit must be from 1 to 500, not -1.
                    messages,--limit,100000               | --limit must be from 1 to 500, not 100000.
                    conversations,--limit,0               | --limit must be from 1 to 500, not 0.
                    messages,--direction,sideways         | --direction must be in or out, not sideways.
                    search,                               | Give a word to search for.
                    search,Hi,--limit,0                   | --limit must be from 1 to 500, not 0.
                    trace,                                | Give the id of a message, turn, contact, reply or dead letter.
                    'trace,  '                            | Give the id of a message, turn, contact, reply or dead letter.
                    trace,1,--from,2026-11-21T10:00:00Z   | --from and --to are given together.
                    trace,1,--from,2026-11-21T10:00:00Z,--to,2026-11-21T10:00:00Z | --from must be before --to.
                    trace,1,--from,noon,--to,2026-11-21T10:00:00Z | --from must be a time such as 2026-11-21T10:00:00Z, not noon.
                    gap,advise,--days,0                   | --days must be from 1 to
                    gap,advise,--max-messages,0           | --max-messages must be from 1 to
                    gap,traces,--out,x,--days,0           | --days must be from 1 to
                    """)
    void aQuestionToTheArchiveThatCannotBeMeantIsAWrongCall(String call, String words) {
        assertThat(lull.execute(call.split(",", -1))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains(words).contains("shows how to use it");
    }

    @ParameterizedTest
    @CsvSource({"400, 2", "404, 1", "503, 1"})
    void whatAServiceFindsWrongIsAWrongCallAndAnythingElseAFailure(int status, int exitCode) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            byte[] bytes = "{\"error\":\"after must be the next of the page before\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        String url = "localhost:" + service.getAddress().getPort();
        try {
            assertThat(lull.execute("messages", "--after", "garbage", "--url", url))
                    .isEqualTo(exitCode);
            assertThat(lull.execute("gap", "set", "T", "99d", "--url", url)).isEqualTo(exitCode);
        } finally {
            service.stop(0);
        }
        assertThat(err.toString().lines()).hasSize(2).containsOnly("after must be the next of the page before");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    +15557770001       | 15557770001
                    '+1 555 777 0001 ' | 15557770001
                    ' wamid.HBg= '     | wamid.HBg=
                    whatsapp.message.received-0-7 | whatsapp.message.received-0-7
                    11111111-2222-4333-8444-555555555555 | 11111111-2222-4333-8444-555555555555
                    """)
    void anIdIsTracedAsPeopleWriteIt(String given, String id) {
        assertThat(TraceCommand.id(given)).isEqualTo(id);
    }

    @Test
    void saysThatTheFileOfAModelCannotBeRead() {
        assertThat(told("gap", "model", "set", "T", directory.toString()))
                .contains("cannot be read: it is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok\u0001SECRET", "tok\nSECRET", "SECRET \u00e9", "", ","})
    void doesNotPrintATokenThatCannotBeSent(String token) {
        assertThat(lull.execute("gap", "show", "--url", "localhost:1", "--token", token))
                .isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("The token must be one line of visible ASCII characters without blanks: set --token or"
                        + " LULL_AGGREGATOR_TOKENS");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhatAnAddressLooksLike() {
        assertThat(lull.execute("send", "--url", "ftp://x y", "Hello")).isEqualTo(2);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("'ftp://x y' is no address: give one such as http://localhost:8080");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        Path latin = directory.resolve("latin.properties");
        Files.write(latin, "turn.gap=5s\n# gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        Path missing = directory.resolve("missing.properties");

        assertThat(told("ingress", "--config", missing.toString()))
                .contains("The file " + missing + " cannot be read: it does not exist");
        assertThat(told("ingress", "--config", directory.toString()))
                .contains("The file " + directory + " cannot be read: it is a directory");
        assertThat(told("ingress", "--config", latin.toString()))
                .contains("The file " + latin + " cannot be read: it is not UTF-8 text");
        assertThat(told("ingress", "--config", "missing.properties"))
                .contains("The file missing.properties ("
                        + Path.of("missing.properties").toAbsolutePath() + ") cannot be read: it does not exist");
        assertThat(told("send", "--file", "missing.json"))
                .isEqualTo("The file missing.json (" + Path.of("missing.json").toAbsolutePath()
                        + ") cannot be read: it does not exist");
    }

    @Test
    void namesEverySettingThatCannotBeUsedAndTheOneThatWasMeant() throws IOException {
        Path config = file("turn.gpa=5s", "ingress.port=web", "kafka.security.protocl=SSL");

        assertThat(told("ingress", "--config", config.toString()).lines())
                .containsExactlyInAnyOrder(
                        "The configuration cannot be used:",
                        "  - There is no setting turn.gpa: is turn.gap meant? (docs/configuration.md lists them all)",
                        "  - ingress.port (LULL_INGRESS_PORT) must be a whole number (it is 'web')",
                        "  - No Kafka client has a property security.protocl: is security.protocol meant? (set as"
                                + " kafka.security.protocl or KAFKA_SECURITY_PROTOCL)");
    }

    @Test
    void namesTheSettingOfAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            Path config = file("admin.port=" + port, "kafka.bootstrap.servers=localhost:1");

            ILoggingEvent event = lastError("ingress", config);

            assertThat(event.getFormattedMessage())
                    .isEqualTo("Port " + port + " (admin.port) is in use by another process: stop that process, or set"
                            + " admin.port to another port");
            assertThat(event.getThrowableProxy()).isNull();
        }
    }

    @Test
    void namesTheSettingOfAnAddressThatThisMachineHasNot() throws IOException {
        ILoggingEvent event = lastError("bridge", file("admin.port=0", "listen.host=192.0.2.7", REQUIRED));

        assertThat(event.getFormattedMessage())
                .isEqualTo(
                        "This machine has no address 192.0.2.7 to listen on: correct listen.host, or leave it empty to"
                                + " listen on all addresses");
        assertThat(event.getThrowableProxy()).isNull();
    }

    @Test
    void saysWhereNoBrokerAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = file("kafka.bootstrap.servers=127.0.0.1:" + port
                + "\nkafka.default.api.timeout.ms=1000\nkafka.request.timeout.ms=900");

        assertThat(told("topics", "check", "--config", config.toString()).lines())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + port);
    }

    private static final String REQUIRED = """
            connect.instance.id=11111111-2222-4333-8444-555555555555
            connect.contact.flow.id=66666666-7777-4888-8999-000000000000
            connect.streaming.topic.arn=arn:aws:sns:us-east-1:123456789012:chats
            connect.queue.url=https://sqs.us-east-1.amazonaws.com/123456789012/chats
            whatsapp.access.token=secret
            """;

    /// What a call that fails says, on either stream.
    private String told(String... call) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(lull.execute(call)).isEqualTo(1);
        return (out.toString() + err).strip();
    }

    private ILoggingEvent lastError(String service, Path config) {
        Logger logger = (Logger) LoggerFactory.getLogger(Launcher.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            assertThat(lull.execute(service, "--config", config.toString())).isEqualTo(1);
        } finally {
            logger.detachAppender(appender);
        }
        List<ILoggingEvent> errors = new ArrayList<>(appender.list);
        errors.removeIf(event -> !event.getLevel().toString().equals("ERROR"));
        return errors.getLast();
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("lull.properties"), Arrays.asList(lines));
    }

    private static String[] words(String call) {
        return call.isEmpty() ? new String[0] : call.split(" ");
    }
}

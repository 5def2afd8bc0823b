package lull.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.runtime.Secrets;
import lull.runtime.Sha256;
import lull.runtime.log.FailurePlace;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The house rules that a machine can check, over the classes of all modules.
final class ArchitectureTest {

    private static final JavaClasses LULL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("lull");

    /// Modules by their package. A new one belongs here, and to a rule below. Only `bench`, which knows
    /// `local`, has a test of its own.
    private static final List<String> MODULES = List.of(
            "contract",
            "runtime",
            "lanes",
            "connect",
            "whatsapp",
            "media",
            "chatwoot",
            "text",
            "voice",
            "ingress",
            "aggregator",
            "applications",
            "archive",
            "bridge",
            "console",
            "cli",
            "standins",
            "local");

    private static final String[] SERVICES = {
        "lull.ingress..",
        "lull.aggregator..",
        "lull.applications..",
        "lull.archive..",
        "lull.console..",
        "lull.bridge..",
        "lull.lanes..",
        "lull.connect..",
        "lull.whatsapp..",
        "lull.media..",
        "lull.chatwoot..",
        "lull.voice..",
        "lull.text.."
    };

    /// The only classes of services and libraries that serve HTTP.
    private static final Set<String> HTTP = Set.of(
            "lull.aggregator.operator.ControlServer",
            "lull.aggregator.operator.GapChangeHandler",
            "lull.aggregator.operator.RouteHandler",
            "lull.archive.http.ArchiveServer",
            "lull.console.http.Assets",
            "lull.console.http.BeginRoutes",
            "lull.console.http.ConsoleServer",
            "lull.console.http.ConversationRoutes",
            "lull.console.http.LetterRoutes",
            "lull.console.http.NowRoutes",
            "lull.console.http.PageWriter",
            "lull.console.http.SignInRoutes",
            "lull.console.http.Visit",
            "lull.ingress.IngressService",
            "lull.ingress.action.AccountRoute",
            "lull.ingress.action.ActionRoutes",
            "lull.ingress.ReplyRoutes",
            "lull.ingress.http.ChannelRoutes",
            "lull.ingress.chatwoot.ChatwootRoute",
            "lull.ingress.http.WebhookResponder",
            "lull.ingress.http.SnsWebhooks",
            "lull.ingress.http.Webhooks",
            "lull.ingress.reply.Replies",
            "lull.ingress.reply.ReplyForm",
            "lull.ingress.reply.status.StatusRoute",
            "lull.bridge.outbound.events.SnsEndpoint",
            "lull.runtime.admin.AdminServer",
            "lull.runtime.http.AddressLimit",
            "lull.runtime.http.BodyReader",
            "lull.runtime.http.CertificateScanner",
            "lull.runtime.http.HttpPort",
            "lull.runtime.http.HttpServers",
            "lull.runtime.http.JsonErrors",
            "lull.runtime.http.HeadAsGet",
            "lull.runtime.http.NoUpgrade",
            "lull.runtime.http.SlowConnections");

    private static final String BOUNDED_CLIENT = "lull.runtime.http.BoundedHttpClient";

    /// Public for others than our own classes: who starts the command line or the local system, who reads topics,
    /// and who tests topologies.
    private static final Set<String> PUBLIC_FOR_OTHERS = Set.of(
            "lull.cli.Lull",
            // deploy/cdk, which is built only with -Pdeploy, makes roles of these.
            "lull.cli.PolicyStatement",
            "lull.cli.ProcessRights",
            "lull.cli.sizing.OutsideHeap",
            "lull.cli.TopicPlan",
            "lull.contract.message.Identity",
            // The test of the stand-in for End User Messaging performs its actions.
            "lull.whatsapp.action.AwsSocialActions",
            // Consumers of Kafka create it by name.
            "lull.lanes.flow.CountingAssignor",
            "lull.local.ChildService",
            "lull.local.LocalCommand",
            "lull.local.LocalLull",
            "lull.local.LocalOptions",
            "lull.local.StandInsCommand",
            "lull.aggregator.stream.TurnTopology",
            "lull.aggregator.turn.InputPolicy",
            "lull.aggregator.turn.KindPolicy",
            "lull.aggregator.turn.TurnPolicy",
            "lull.aggregator.stream.TickTimer",
            // The benchmarks measure these.
            "lull.aggregator.gap.AdaptiveGap",
            "lull.aggregator.gap.Business",
            "lull.aggregator.gap.Comparison",
            "lull.aggregator.gap.Ending",
            "lull.aggregator.gap.Feature",
            "lull.aggregator.gap.Features",
            "lull.aggregator.gap.GapModel",
            "lull.aggregator.gap.MessageShape",
            "lull.aggregator.gap.Sender",
            "lull.aggregator.gap.TextShape",
            "lull.aggregator.gap.Trait",
            // Kafka Streams makes it by its name.
            "lull.aggregator.stream.OversizedDeadLetterHandler",
            // Logback makes it by its name.
            "lull.runtime.log.ClientWarningLimit",
            // Values of settings that another package passes on.
            "lull.ingress.reply.IdempotencyKeys",
            "lull.bridge.chats.TokenCipher",
            // Tests of other packages make these.
            "lull.ingress.reply.ReplyReader",
            "lull.standins.sns.Envelopes",
            "lull.standins.sns.Notification",
            "lull.standins.sns.SnsSigner",
            "lull.bridge.inbound.attachments.ConnectAttachmentRules",
            "lull.bridge.inbound.attachments.FileStore",
            "lull.bridge.inbound.attachments.PngConverter",
            "lull.bridge.inbound.attachments.WavConverter",
            "lull.lanes.BackOff",
            "lull.lanes.flow.FlowMeters",
            "lull.whatsapp.SocialNumber",
            // Nobody names these, so they could be package-private.
            "lull.lanes.LaneLost",
            "lull.contract.Masking",
            "lull.standins.connect.MessageSizes",
            "lull.standins.whatsapp.SignedWebhook",
            // Only tests start it.
            "lull.standins.provider.ProviderStandIn",
            // Tests of the archive and `bench archive` start it.
            "lull.standins.postgres.PostgresServer");

    private static final Pattern UNTELLING = Pattern.compile(
            ".*(Utils?|Helpers?|Managers?|Impl|Common)$|.*\\.(utils?|helpers?|managers?|impl|common)\\..*");

    @Test
    void theRulesSeeEveryModule() {
        assertThat(LULL.stream().map(type -> type.getPackageName().split("\\.", -1)[1]))
                .containsOnly(MODULES.toArray(String[]::new))
                .contains(MODULES.toArray(String[]::new));
    }

    @Test
    void theContractKnowsNothingElseOfLull() {
        knowsOnly("contract");
    }

    @Test
    void theRuntimeKnowsTheContractAlone() {
        knowsOnly("runtime", "contract");
    }

    @Test
    void lanesKnowNeitherConnectNorWhatsAppNorAws() {
        knowsOnly("lanes", "contract", "runtime");
        noClasses()
                .that()
                .resideInAPackage("lull.lanes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(LULL);
    }

    @Test
    void theAggregatorKnowsNoClient() {
        knowsOnly("aggregator", "contract", "runtime");
    }

    @Test
    void theIngressKnowsTheClientOfWhatsAppAndTheMediaStoreToo() {
        knowsOnly("ingress", "contract", "runtime", "whatsapp", "chatwoot", "media", "text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "whatsapp", "media", "chatwoot"})
    void clientsKnowNeitherLanesNorAService(String client) {
        knowsOnly(client, "contract", "runtime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "voice"})
    void wordsAreMadeWithoutLanesAndServices(String library) {
        knowsOnly(library, "contract", "runtime", "whatsapp");
    }

    @Test
    void theBridgeKnowsLanesAndClientsToo() {
        knowsOnly("bridge", "contract", "runtime", "lanes", "connect", "whatsapp", "media", "text", "voice");
    }

    @Test
    void applicationsKnowLanesAndTheClientOfWhatsAppToo() {
        knowsOnly("applications", "contract", "runtime", "lanes", "whatsapp", "chatwoot", "text", "voice");
    }

    @Test
    void theArchiveKnowsTheClientOfWhatsAppAndTheMediaStoreToo() {
        knowsOnly("archive", "contract", "runtime", "whatsapp", "media");
    }

    @Test
    void theConsoleKnowsNoOtherService() {
        knowsOnly("console", "contract", "runtime");
    }

    @Test
    void theCommandLineDoesNotKnowTheLocalSystem() {
        knowsOnly(
                "cli",
                "contract",
                "runtime",
                "lanes",
                "connect",
                "whatsapp",
                "media",
                "chatwoot",
                "text",
                "ingress",
                "aggregator",
                "applications",
                "archive",
                "console",
                "bridge");
    }

    @Test
    void standInsKnowTheContractAndTheRuntimeAlone() {
        knowsOnly("standins", "contract", "runtime");
    }

    @Test
    void standInsAndEmbeddedBrokerAreKnownInTheLocalSystemAlone() {
        noClasses()
                .that(resideInAPackage("lull..").and(not(resideInAnyPackage("lull.local..", "lull.standins.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "lull.local..",
                        "lull.standins..",
                        "kafka..",
                        "org.apache.kafka.server..",
                        "org.apache.kafka.metadata..")
                .check(LULL);
        noClasses()
                .that()
                .resideOutsideOfPackage("lull.local.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
                .check(LULL);
    }

    @Test
    void kafkaStreamsIsKnownToTheAggregatorAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lull.aggregator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .check(LULL);
    }

    @Test
    void theAwsSdkIsKnownToClassesNamedAwsAlone() {
        noClasses()
                .that(not(named(
                        "classes named Aws...",
                        type -> outermost(type).getSimpleName().startsWith("Aws"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(LULL);
    }

    @Test
    void langchain4jIsKnownInOnePackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lull.applications.assistant")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .check(LULL);
    }

    @Test
    void openTelemetryIsKnownInOnePackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lull.runtime.trace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(LULL);
    }

    @Test
    void javalinIsKnownWhereHttpIsServedAlone() {
        noClasses()
                .that(not(resideInAnyPackage("lull.local..", "lull.standins.."))
                        .and(not(named(
                                "those that serve HTTP",
                                type -> HTTP.contains(outermost(type).getName())))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")
                .check(LULL);
        assertThat(HTTP).allMatch(LULL::contain);
    }

    /// A bare call may never end: the JDK's timeout covers the head of an answer only, and nothing bounds its size.
    @Test
    void callsOverHttpHaveADeadlineAndABound() {
        noClasses()
                .that(not(named(
                        "the bounded client", type -> outermost(type).getName().equals(BOUNDED_CLIENT))))
                .should()
                .dependOnClassesThat(named(
                        "clients of the JDK",
                        type -> Set.of(
                                                "java.net.http.HttpClient",
                                                "java.net.HttpURLConnection",
                                                "java.net.URLConnection")
                                        .contains(outermost(type).getName())
                                || type.getName().startsWith("java.net.http.HttpClient$")))
                .orShould()
                .callMethod(URL.class, "openStream")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .check(LULL);
        assertThat(LULL.contain(BOUNDED_CLIENT)).isTrue();
    }

    /// A comparison that ends at the first difference tells how much of a secret was right.
    @Test
    void secretsThatCallersGiveAreComparedInConstantTime() {
        for (String type : List.of(
                "lull.ingress.http.Webhooks",
                "lull.ingress.http.Signature",
                "lull.ingress.action.ActionTokens",
                "lull.runtime.BearerTokens")) {
            assertThat(LULL.get(type).getMethodCallsFromSelf())
                    .as("calls of %s", type)
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Secrets.class)
                            && call.getName().equals("isEqual"));
        }
        assertThat(LULL.get(Secrets.class).getMethodCallsFromSelf())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                        && call.getName().equals("isEqual"));
        noClasses()
                .that()
                .resideInAnyPackage("lull.ingress..", "lull.runtime..")
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .check(LULL);
    }

    @Test
    void servicesLogBySlf4jAndDoNotPrint() {
        DescribedPredicate<JavaClass> ofServices =
                resideInAnyPackage(SERVICES).or(resideInAnyPackage("lull.runtime..", "lull.contract.."));
        noClasses().that(ofServices).should(ACCESS_STANDARD_STREAMS).check(LULL);
        noClasses().that(ofServices).should(USE_JAVA_UTIL_LOGGING).check(LULL);
        noClasses()
                .that(ofServices)
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .check(LULL);
        noClasses()
                .that(ofServices)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.logging..", "org.apache.commons.logging..")
                .check(LULL);
        noClasses()
                .that(ofServices.and(not(resideInAPackage("lull.runtime.log.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ch.qos.logback..")
                .check(LULL);
    }

    /// The same log must lead to the same waits on each machine.
    @Test
    void theAdaptiveGapIsPureAndCalculatesTheSameEverywhere() {
        noClasses()
                .that()
                .resideInAPackage("lull.aggregator.gap..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.apache.kafka..",
                                "io.micrometer..",
                                "org.slf4j..",
                                "lull.runtime..",
                                "lull.aggregator.turn..")
                        .and(not(equivalentTo(Sha256.class))))
                .orShould()
                .callMethodWhere(named(
                        "Math functions that may differ between machines, clocks and randomness",
                        call -> Set.of(
                                                "exp",
                                                "log",
                                                "log1p",
                                                "pow",
                                                "sqrt",
                                                "currentTimeMillis",
                                                "nanoTime",
                                                "now",
                                                "random")
                                        .contains(call.getTarget().getName())
                                && !call.getTargetOwner().isEquivalentTo(StrictMath.class)))
                .check(LULL);
    }

    /// What they return depends on what they are given alone. Their settings are read once, at the start.
    @ParameterizedTest
    @ValueSource(
            strings = {"lull.aggregator.turn", "lull.aggregator.route", "lull.ingress.webhook", "lull.archive.rows"})
    void pureRulesDoNothingButCalculate(String pure) {
        DescribedPredicate<JavaClass> values = resideInAPackage("org.apache.kafka.common.header..")
                .or(equivalentTo(ConsumerRecord.class))
                .or(equivalentTo(Sha256.class))
                .or(equivalentTo(FailurePlace.class))
                // Errors name the setting to change.
                .or(equivalentTo(Setting.class))
                .or(equivalentTo(DestinationSettings.class));
        noClasses()
                .that(resideInAPackage(pure)
                        .and(not(named(
                                "settings",
                                type -> outermost(type).getSimpleName().endsWith("Settings")))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.apache.kafka..",
                                "io.micrometer..",
                                "org.slf4j..",
                                "java.net.http..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.sql..",
                                "java.util.random..",
                                "lull.runtime..")
                        .and(not(values)))
                .orShould()
                .callMethodWhere(named(
                        "clocks and randomness",
                        call -> call.getTargetOwner().getPackageName().startsWith("java.")
                                && Set.of("currentTimeMillis", "nanoTime", "now", "random", "randomUUID")
                                        .contains(call.getTarget().getName())))
                .check(LULL);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .that(resideInAnyPackage(SERVICES).or(resideInAnyPackage("lull.runtime..", "lull.contract..")))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .check(LULL);
    }

    @Test
    void foreignJsonIsReadByTheOneReaderAlone() {
        noClasses()
                .that(resideInAPackage("lull..").and(not(resideInAPackage("lull.contract.json.."))))
                // It reads CSV by the same library.
                .and()
                .doNotHaveFullyQualifiedName("lull.cli.campaign.CampaignFile")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("com\\.fasterxml\\.jackson\\.(databind\\.(json\\.JsonMapper|ObjectReader)"
                        + "|core\\.(JsonFactory|json\\.JsonFactory)).*")
                .orShould()
                .callMethodWhere(named(
                        "a mapper reads",
                        call -> call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                                && call.getName().matches("read.*|treeToValue|convertValue|createParser|reader.*")))
                .check(LULL);
    }

    @Test
    void foreignTimesAreReadWithinTheCalendarAlone() {
        noClasses()
                .that(not(resideInAnyPackage("lull.local..", "lull.standins.."))
                        .and(not(named(
                                "the reader of times",
                                type -> Set.of("lull.contract.json.Timestamps", "lull.aggregator.turn.QuickInstant")
                                        .contains(type.getName())))))
                .should()
                .callMethod(Instant.class, "parse", CharSequence.class)
                .orShould()
                .callMethod(Instant.class, "ofEpochSecond", long.class)
                .orShould()
                .callMethod(Instant.class, "ofEpochSecond", long.class, long.class)
                .check(LULL);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = LULL.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages).hasSizeGreaterThan(20);
        assertThat(packages)
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class))
                        .as("%s needs a package-info.java with @NullMarked", one.getName())
                        .isTrue());
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses().should().haveNameMatching(UNTELLING.pattern()).check(LULL);
    }

    /// Every package is a slice of its own, root packages included.
    @Test
    void packagesFormNoCycles() {
        slices().matching("lull.(**)").should().beFreeOfCycles().check(LULL);
    }

    @ParameterizedTest
    @CsvSource({"inbound, outbound", "outbound, inbound"})
    void theDirectionsOfTheBridgeDoNotKnowEachOther(String direction, String other) {
        noClasses()
                .that()
                .resideInAPackage("lull.bridge." + direction + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lull.bridge." + other + "..")
                .check(LULL);
    }

    @Test
    void classesAreFinal() {
        classes()
                .that(not(named("interfaces, enums and anonymous classes", ArchitectureTest::neverSaysFinal)))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(LULL);
    }

    @Test
    void aTypeIsPublicOnlyWhereAnotherPackageNamesIt() {
        Set<String> namedElsewhere = LULL.stream()
                .filter(ArchitectureTest::isNamedElsewhere)
                .map(type -> outermost(type).getName())
                .collect(Collectors.toSet());

        assertThat(LULL.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .filter(name -> !namedElsewhere.contains(name) && !PUBLIC_FOR_OTHERS.contains(name)))
                .isEmpty();
    }

    private static boolean neverSaysFinal(JavaClass type) {
        return type.isInterface() || type.isAnonymousClass() || type.isEnum();
    }

    private static boolean isNamedElsewhere(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()));
    }

    private static void knowsOnly(String module, String... others) {
        String[] known = Stream.concat(Stream.of(module), Stream.of(others))
                .map(name -> "lull." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("lull." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("lull..").and(not(resideInAnyPackage(known))))
                .check(LULL);
    }

    private static <T> DescribedPredicate<T> named(String description, Predicate<T> test) {
        return DescribedPredicate.describe(description, test);
    }

    /// The class in whose file a class stands: nested classes share the name of their rule.
    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}

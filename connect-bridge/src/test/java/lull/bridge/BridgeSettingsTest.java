package lull.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.SocialNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BridgeSettingsTest {

    private static final Map<String, String> NEEDED = Map.of(
            "connect.instance.id", "i1",
            "connect.contact.flow.id", "f1",
            "connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats",
            "whatsapp.access.token", "secret");

    @Test
    void needsWhatNoDefaultCanKnow() {
        List<String> required = BridgeSettings.ALL.stream()
                .filter(Setting::isRequired)
                .map(Setting::name)
                .toList();

        assertThat(required)
                .containsExactlyInAnyOrder(
                        "connect.instance.id", "connect.contact.flow.id", "connect.streaming.topic.arn");
        assertThatThrownBy(() -> Settings.of(BridgeSettings.ALL, Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll(required.toArray(String[]::new));
    }

    @Test
    void needsAnAccessTokenOnlyIfANumberSendsByTheGraphApi() {
        Map<String, String> without = new HashMap<>(NEEDED);
        without.remove("whatsapp.access.token");
        assertThatThrownBy(() -> OutboundSettings.requireToken(Settings.of(BridgeSettings.ALL, without)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("whatsapp.access.token", "whatsapp.eum.numbers");

        without.put("whatsapp.eum.numbers", "100=phone-number-id-1");
        assertThatNoException()
                .isThrownBy(() -> OutboundSettings.requireToken(Settings.of(BridgeSettings.ALL, without)));
        without.remove("whatsapp.eum.numbers");
        without.put("connect.numbers", "100");
        without.put("whatsapp.access.token.100", "own");
        assertThatNoException()
                .isThrownBy(
                        () -> OutboundSettings.requireToken(Settings.of(BridgeSettings.all(List.of("100")), without)));
    }

    @Test
    void numbersMayHaveARegionAndATopicOfTheirOwn() {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.numbers", "100,200");
        given.put("connect.endpoint", "https://here");
        given.put("connect.region.100", "eu-central-1");
        given.put("connect.instance.id.100", "i2");
        given.put("connect.streaming.topic.arn.100", "arn:aws:sns:eu-central-1:123456789012:there");
        given.put("connect.participant.endpoint.100", "https://there");
        given.put("connect.streaming.topic.arn.200", "arn:aws:sns:us-east-1:123456789012:own");
        Settings settings = Settings.of(BridgeSettings.all(List.of("100", "200")), given);

        ConnectRegions regions = ConnectRegions.of(settings);
        assertThat(regions.of("i1")).isEqualTo("us-east-1");
        assertThat(regions.of("i2")).isEqualTo("eu-central-1");
        assertThat(regions.optionsOf("i1").endpoint()).hasValue(URI.create("https://here"));
        // An address leads to one Region.
        assertThat(regions.optionsOf("i2").endpoint()).isEmpty();
        assertThat(regions.optionsOf("i2").participantEndpoint()).hasValue(URI.create("https://there"));
        assertThat(OutboundSettings.queued(settings).topics())
                .containsExactlyInAnyOrder(
                        NEEDED.get("connect.streaming.topic.arn"),
                        "arn:aws:sns:eu-central-1:123456789012:there",
                        "arn:aws:sns:us-east-1:123456789012:own");
    }

    @ParameterizedTest
    @CsvSource({
        "lane.back.off.first=1m, lane.back.off.most",
        "connect.circuit.first=1h, connect.circuit.most",
        "transcript.reach=2h, sent.remembered.for",
        "whatsapp.call.timeout=59s, lane.session.timeout",
    })
    void refusesTimesThatContradictEachOther(String wrong, String named) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("sent.remembered.for", "1h");
        given.put(wrong.split("=", 2)[0], wrong.split("=", 2)[1]);
        Settings settings = Settings.of(BridgeSettings.all(List.of()), given);

        assertThatThrownBy(() -> OutboundSettings.requireTimesInOrder(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(named)
                .hasMessageContaining(wrong.split("=", 2)[0]);
    }

    @ParameterizedTest
    @CsvSource({
        // An instance cannot be in two Regions.
        "connect.region.100, eu-central-1, connect.region.100",
        "connect.endpoint.100, https://elsewhere, connect.endpoint.100",
        "connect.participant.endpoint.100, https://elsewhere, connect.participant.endpoint.100"
    })
    void refusesRegionsThatContradictEachOther(String name, String value, String named) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.numbers", "100");
        given.put("connect.endpoint", "https://here");
        given.put("connect.participant.endpoint", "https://here");
        given.put(name, value);
        Settings settings = Settings.of(BridgeSettings.all(List.of("100")), given);

        assertThatThrownBy(() -> ConnectRegions.of(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(named);
    }

    @Test
    void aNumberOfEndUserMessagingIsInTheRegionOfItsSettingOrItsArn() {
        String arn = "arn:aws:social-messaging:ap-south-1:123456789012:phone-number-id/1";
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.numbers", "100,200");
        given.put(
                "whatsapp.eum.numbers", "100=phone-number-id-1,200=" + arn + ",300=" + arn + ",400=phone-number-id-4");
        given.put("whatsapp.eum.region", "us-west-2");
        given.put("whatsapp.eum.bucket", "files");
        given.put("whatsapp.eum.region.100", "eu-west-1");
        given.put("whatsapp.eum.bucket.100", "files-there");
        given.put("whatsapp.graph.version.100", "v24.0");
        given.put("whatsapp.eum.region.200", "eu-west-2");

        assertThat(SocialFileSettings.numbers(Settings.of(BridgeSettings.all(List.of("100", "200")), given)))
                .containsOnly(
                        Map.entry(
                                "100",
                                new SocialNumber(
                                        "phone-number-id-1", "eu-west-1", "v24.0", Optional.of("files-there"))),
                        Map.entry("200", new SocialNumber(arn, "eu-west-2", "v23.0", Optional.of("files"))),
                        Map.entry("300", new SocialNumber(arn, "ap-south-1", "v23.0", Optional.of("files"))),
                        Map.entry(
                                "400",
                                new SocialNumber("phone-number-id-4", "us-west-2", "v23.0", Optional.of("files"))));
    }

    @Test
    void numbersMayHaveTokensAndVersionsOfTheirOwn() {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.numbers", "100,200,300");
        given.put("whatsapp.access.token.100", "own");
        given.put("whatsapp.graph.version.200", "v25.0");
        GraphAccess access =
                BridgeSettings.access(Settings.of(BridgeSettings.all(List.of("100", "200", "300")), given));

        assertThat(access.of("100").token().get()).hasValue("own");
        assertThat(access.of("100").setting()).isEqualTo("whatsapp.access.token.100");
        assertThat(access.of("100").version()).isEqualTo("v23.0");
        assertThat(access.of("200").token().get()).hasValue("secret");
        assertThat(access.of("200").version()).isEqualTo("v25.0");
        assertThat(access.of("300")).hasToString("Credential[whatsapp.access.token, v23.0]");
        assertThat(access.of("400").token().get()).hasValue("secret");
    }

    @Test
    void hasEverySettingOnce() {
        assertThat(BridgeSettings.ALL).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(BridgeSettings.ALL)
                .allSatisfy(setting -> assertThat(setting.description()).isNotBlank());
    }

    @Test
    void goesToAwsUnlessToldOtherwise() {
        assertThat(BridgeSettings.connect(Settings.of(BridgeSettings.ALL, NEEDED)))
                .satisfies(options -> {
                    assertThat(options.endpoint()).isEmpty();
                    assertThat(options.participantEndpoint()).isEmpty();
                    assertThat(options.placeholderCredentials()).isFalse();
                });
    }

    @Test
    void aStandInIsSettingsOnly() {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.endpoint", "http://localhost:1");
        given.put("connect.credentials", "placeholder");

        assertThat(BridgeSettings.connect(Settings.of(BridgeSettings.ALL, given)))
                .satisfies(options -> {
                    assertThat(options.endpoint()).isPresent();
                    assertThat(options.placeholderCredentials()).isTrue();
                });
    }

    @Test
    void keepsTheAccessTokenSecret() {
        assertThat(Settings.of(BridgeSettings.ALL, NEEDED).effective())
                .containsEntry("whatsapp.access.token", "***")
                .containsEntry("bridge.port", "8083");
    }

    @ParameterizedTest
    @CsvSource({"10s, 30s, 1m, true", "30s, 30s, 1m, false", "10s, 30s, 30s, false", "29s, 30s, 31s, true"})
    void aCallEndsBeforeAnotherProcessMayActAndThatBeforeADoubtDoes(
            String call, String group, String doubt, boolean fits) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("whatsapp.call.timeout", call);
        given.put("lane.session.timeout", group);
        given.put("doubt.wait", doubt);
        Settings settings = Settings.of(BridgeSettings.ALL, given);

        if (fits) {
            assertThatCode(() -> OutboundSettings.requireTimesInOrder(settings)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> OutboundSettings.requireTimesInOrder(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll(
                            "whatsapp.call.timeout (" + call + ") must be less than lane.session.timeout (" + group,
                            "less than doubt.wait (" + doubt);
        }
    }

    @ParameterizedTest
    @CsvSource({"sqs, false", "sqs, true", "https, false", "'sqs,https', true"})
    void eventsComeByAQueueUnlessToldOtherwise(String doors, boolean queue) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.event.doors", doors);
        if (queue) {
            given.put("connect.queue.url", "https://sqs.us-east-1.amazonaws.com/123456789012/chats");
        }
        Settings settings = Settings.of(BridgeSettings.ALL, given);
        boolean byQueue = doors.contains("sqs");

        assertThat(OutboundSettings.queue(settings).isPresent()).isEqualTo(byQueue && queue);
        if (byQueue && !queue) {
            assertThatThrownBy(() -> OutboundSettings.requireEventDoor(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll("connect.queue.url is missing", "connect.event.doors=https");
        } else {
            assertThatCode(() -> OutboundSettings.requireEventDoor(settings)).doesNotThrowAnyException();
        }
    }

    @Test
    void theDefaultDoorIsTheQueue() {
        assertThat(Settings.of(BridgeSettings.ALL, NEEDED).get(OutboundSettings.EVENT_DOORS))
                .containsExactly(EventDoor.SQS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sqs,", "smtp"})
    void anotherDoorIsNone(String doors) {
        assertThatThrownBy(() -> EventDoor.set(doors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be sqs, https or both");
    }

    @Test
    void theDefaultsAreInOrder() {
        assertThatCode(() -> OutboundSettings.requireTimesInOrder(Settings.of(BridgeSettings.ALL, NEEDED)))
                .doesNotThrowAnyException();
    }
}

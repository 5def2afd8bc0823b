package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectSettingsTest {

    private static final Map<String, String> NEEDED = Map.of(
            "connect.instance.id", "i1",
            "connect.contact.flow.id", "f1",
            "connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats");

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
        Settings settings = settings(given, "100", "200");

        ConnectRegions regions = ConnectRegions.of(settings);
        assertThat(regions.of("i1")).isEqualTo("us-east-1");
        assertThat(regions.of("i2")).isEqualTo("eu-central-1");
        assertThat(regions.optionsOf("i1").endpoint()).hasValue(URI.create("https://here"));
        // An address leads to one Region.
        assertThat(regions.optionsOf("i2").endpoint()).isEmpty();
        assertThat(regions.optionsOf("i2").participantEndpoint()).hasValue(URI.create("https://there"));
        assertThat(ConnectSettings.topics(settings))
                .containsExactlyInAnyOrder(
                        NEEDED.get("connect.streaming.topic.arn"),
                        "arn:aws:sns:eu-central-1:123456789012:there",
                        "arn:aws:sns:us-east-1:123456789012:own");
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
        Settings settings = settings(given, "100");

        assertThatThrownBy(() -> ConnectRegions.of(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(named);
    }

    @Test
    void numbersMayHaveAnIdentityOfTheirOwnWhichBelongsToTheirInstance() {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("connect.numbers", "100,200");
        given.put("connect.sts.endpoint", "https://sts");
        given.put("connect.instance.id.100", "i2");
        given.put("connect.instance.id.200", "i2");
        given.put("connect.credentials.100", "role:arn:aws:iam::444455556666:role/lull");

        ConnectRegions regions = ConnectRegions.of(settings(given, "100", "200"));
        assertThat(regions.identityOf("i2"))
                .hasValue(new AwsIdentity.Role(
                        "arn:aws:iam::444455556666:role/lull", Optional.of(URI.create("https://sts"))));
        assertThat(regions.identityOf("i1")).isEmpty();

        given.put("connect.credentials.200", "profile:other");
        assertThatThrownBy(() -> ConnectRegions.of(settings(given, "100", "200")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("connect.credentials.200");
    }

    @Test
    void goesToAwsUnlessToldOtherwise() {
        assertThat(ConnectSettings.options(settings(NEEDED))).satisfies(options -> {
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

        assertThat(ConnectSettings.options(settings(given))).satisfies(options -> {
            assertThat(options.endpoint()).isPresent();
            assertThat(options.placeholderCredentials()).isTrue();
        });
    }

    private static Settings settings(Map<String, String> given, String... numbers) {
        List<Setting<?>> known = new ArrayList<>();
        Stream.of(ConnectSettings.ALL, NumberSettings.ALL, AwsSettings.ALL, CallSettings.ALL)
                .forEach(known::addAll);
        for (String number : numbers) {
            Stream.of(ConnectSettings.OF_NUMBERS, AwsSettings.OF_NUMBERS)
                    .flatMap(List::stream)
                    .forEach(setting -> known.add(setting.forNumber(number)));
        }
        return Settings.of(known, given);
    }
}

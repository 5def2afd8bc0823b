package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.aws.AwsSettings;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;

final class WhatsAppSettingsTest {

    @Test
    void aNumberOfEndUserMessagingIsInTheRegionOfItsSettingOrItsArn() {
        String arn = "arn:aws:social-messaging:ap-south-1:123456789012:phone-number-id/1";
        Map<String, String> given = new HashMap<>();
        given.put("connect.numbers", "100,200");
        given.put(
                "whatsapp.eum.numbers", "100=phone-number-id-1,200=" + arn + ",300=" + arn + ",400=phone-number-id-4");
        given.put("whatsapp.eum.region", "us-west-2");
        given.put("whatsapp.eum.bucket", "files");
        given.put("whatsapp.eum.region.100", "eu-west-1");
        given.put("whatsapp.eum.bucket.100", "files-there");
        given.put("whatsapp.graph.version.100", "v24.0");
        given.put("whatsapp.eum.region.200", "eu-west-2");
        given.put("connect.credentials.200", "profile:other");

        assertThat(SocialSettings.numbers(settings(given, "100", "200")))
                .containsOnly(
                        Map.entry(
                                "100",
                                new SocialNumber(
                                        "phone-number-id-1",
                                        "eu-west-1",
                                        "v24.0",
                                        Optional.of("files-there"),
                                        Optional.empty())),
                        Map.entry(
                                "200",
                                new SocialNumber(
                                        arn,
                                        "eu-west-2",
                                        "v23.0",
                                        Optional.of("files"),
                                        Optional.of(new AwsIdentity.Profile("other")))),
                        Map.entry(
                                "300",
                                new SocialNumber(arn, "ap-south-1", "v23.0", Optional.of("files"), Optional.empty())),
                        Map.entry(
                                "400",
                                new SocialNumber(
                                        "phone-number-id-4",
                                        "us-west-2",
                                        "v23.0",
                                        Optional.of("files"),
                                        Optional.empty())));
    }

    @Test
    void numbersMayHaveTokensAndVersionsOfTheirOwn() {
        Map<String, String> given = new HashMap<>(Map.of("whatsapp.access.token", "secret"));
        given.put("connect.numbers", "100,200,300");
        given.put("whatsapp.access.token.100", "own");
        given.put("whatsapp.graph.version.200", "v25.0");
        GraphAccess access = WhatsAppSettings.access(settings(given, "100", "200", "300"));

        assertThat(access.of("100").token().get()).hasValue("own");
        assertThat(access.of("100").setting()).isEqualTo("whatsapp.access.token.100");
        assertThat(access.of("100").version()).isEqualTo("v23.0");
        assertThat(access.of("200").token().get()).hasValue("secret");
        assertThat(access.of("200").version()).isEqualTo("v25.0");
        assertThat(access.of("300")).hasToString("Credential[whatsapp.access.token, v23.0]");
        assertThat(access.of("400").token().get()).hasValue("secret");
    }

    private static Settings settings(Map<String, String> given, String... numbers) {
        List<Setting<?>> known = new ArrayList<>();
        Stream.of(WhatsAppSettings.ALL, SocialSettings.ALL, NumberSettings.ALL, AwsSettings.ALL)
                .forEach(known::addAll);
        for (String number : numbers) {
            Stream.of(WhatsAppSettings.OF_NUMBERS, SocialSettings.OF_NUMBERS, AwsSettings.OF_NUMBERS)
                    .flatMap(List::stream)
                    .forEach(setting -> known.add(setting.forNumber(number)));
        }
        return Settings.of(known, given);
    }
}

package lull.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.runtime.CannotStart;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaStoreSettingsTest {

    private static final AwsAccount ACCOUNT = new AwsAccount("aws", "123456789012");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "s3://my-files/kept, my-files, kept/",
        "s3://my-files/kept/, my-files, kept/",
        "s3://my-files, my-files, ''",
        "s3://my-files/, my-files, ''",
        "s3://my-files/a/b, my-files, a/b/"
    })
    void readsBuckets(String text, String bucket, String prefix) {
        assertThat(MediaPlace.parse(text)).contains(new MediaPlace.Bucket(bucket, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://My_Bucket/kept", "s3://", "s3://files/a b", "gs://files/kept", "https://host/kept"})
    void saysHowAPlaceIsWritten(String text) {
        assertThatThrownBy(() -> settings(Map.of("media.kept", text)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("media.kept")
                .hasMessageContaining("s3://BUCKET/PREFIX");
    }

    @Test
    void filesAreNotKeptByDefault() {
        Settings settings = settings(Map.of());

        assertThat(MediaStoreSettings.isOn(settings)).isFalse();
        assertThat(MediaStoreSettings.keepingRights(settings, ACCOUNT)).isEmpty();
        assertThat(MediaStoreSettings.check(settings)).isEmpty();
    }

    @Test
    void whoKeepsMayPutAndWhoReadsMayGetAndDelete() {
        Settings settings = settings(Map.of("media.kept", "s3://my-files/kept"));

        assertThat(MediaStoreSettings.keepingRights(settings, ACCOUNT))
                .extracting(AwsRight::resources)
                .containsExactly(List.of("arn:aws:s3:::my-files/kept/*"));
        assertThat(MediaStoreSettings.readingRights(settings, ACCOUNT))
                .extracting(AwsRight::resources)
                .containsExactly(List.of("arn:aws:s3:::my-files/kept/*"), List.of("arn:aws:s3:::my-files"));
    }

    @Test
    void theDoctorTriesTheFolder() {
        assertThat(check(directory.toString()).state()).isEqualTo(CheckResult.State.OK);
        assertThat(check(directory.resolve("nothing").toString()).state()).isEqualTo(CheckResult.State.UNKNOWN);
    }

    private static CheckResult check(String folder) {
        return MediaStoreSettings.check(settings(Map.of("media.kept", folder))).getFirst();
    }

    private static Settings settings(Map<String, String> values) {
        List<Setting<?>> all = new ArrayList<>(MediaStoreSettings.ALL);
        all.addAll(AwsSettings.ALL);
        return Settings.of(all, values);
    }
}

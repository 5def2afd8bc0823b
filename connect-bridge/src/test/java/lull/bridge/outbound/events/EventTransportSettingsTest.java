package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.connect.ConnectSettings;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsSettings;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTransportSettingsTest {

    @ParameterizedTest
    @CsvSource({"sqs, false", "sqs, true", "https, false", "'sqs,https', true"})
    void eventsComeByAQueueUnlessToldOtherwise(String doors, boolean queue) {
        Map<String, String> given = new HashMap<>();
        given.put("connect.event.doors", doors);
        if (queue) {
            given.put("connect.queue.url", "https://sqs.us-east-1.amazonaws.com/123456789012/chats");
        }
        Settings settings = settings(given);
        boolean byQueue = doors.contains("sqs");

        assertThat(EventTransportSettings.queue(settings).isPresent()).isEqualTo(byQueue && queue);
        if (byQueue && !queue) {
            assertThatThrownBy(() -> EventTransportSettings.requireDoor(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll("connect.queue.url is missing", "connect.event.doors=https");
        } else {
            assertThatCode(() -> EventTransportSettings.requireDoor(settings)).doesNotThrowAnyException();
        }
    }

    @Test
    void theDefaultDoorIsTheQueue() {
        assertThat(settings(Map.of()).get(EventTransportSettings.DOORS)).containsExactly(EventTransport.SQS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sqs,", "smtp"})
    void anotherDoorIsNone(String doors) {
        assertThatThrownBy(() -> EventTransport.set(doors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be sqs, https or both");
    }

    @Test
    void onlyTheTopicsOfTheSettingsAreBelieved() {
        Settings settings = settings(Map.of("connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats"));

        assertThat(EventTransportSettings.queued(settings).topics())
                .containsExactly("arn:aws:sns:us-east-1:123456789012:chats");
        assertThat(EventTransportSettings.posted(settings).topics())
                .containsExactly("arn:aws:sns:us-east-1:123456789012:chats");
    }

    private static Settings settings(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(Map.of(
                "connect.instance.id", "i1",
                "connect.contact.flow.id", "f1",
                "connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats"));
        all.putAll(given);
        return Settings.of(
                Stream.of(
                                EventTransportSettings.ALL,
                                ConnectSettings.ALL,
                                NumberSettings.ALL,
                                AwsSettings.ALL,
                                SnsSettings.ALL)
                        .flatMap(List::stream)
                        .toList(),
                all);
    }
}

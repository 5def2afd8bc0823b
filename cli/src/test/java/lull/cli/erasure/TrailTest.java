package lull.cli.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TrailTest {

    private final Trail trail = new Trail(new Mentions(List.of("15550001001")), List.of("contact-of-the-archive"));

    @Test
    void followsTheTurnToItsChatAndToWhatWasSaidThere() {
        assertThat(trail.has(record("contact-1", "{\"id\":\"event-1\",\"what\":{\"content\":\"secret\"}}")))
                .as("before anything leads there")
                .isFalse();
        assertThat(trail.has(record("1|15550001001", "{\"id\":\"in-0-7\"}"))).isTrue();
        assertThat(trail.has(record("in-0-7", "{\"turnId\":\"in-0-7\",\"initialContactId\":\"contact-1\"}")))
                .isTrue();
        assertThat(trail.has(record("contact-1", "{\"id\":\"event-1\",\"what\":{\"content\":\"secret\"}}")))
                .isTrue();
        assertThat(trail.has(record("contact-2", "{\"id\":\"event-2\"}"))).isFalse();
    }

    @Test
    void followsAReplyToWhatBecameOfIt() {
        assertThat(trail.has(record(
                        "1|15550001001",
                        "{\"id\":\"reply-1\",\"origin\":{\"type\":\"chat\",\"initialContactId\":\"contact-3\"}}")))
                .isTrue();

        assertThat(trail.has(record("reply-1", "{\"replyId\":\"reply-1\",\"part\":0}")))
                .isTrue();
        assertThat(trail.has(record("contact-3", "{\"id\":\"event-3\"}"))).isTrue();
        assertThat(trail.has(record("reply-2", "{\"replyId\":\"reply-2\",\"part\":0}")))
                .isFalse();
    }

    @Test
    void beginsWithTheContactsThatAreKnown() {
        assertThat(trail.has(record("contact-of-the-archive", "{}"))).isTrue();
    }

    @Test
    void whatCannotBeReadLeadsNowhere() {
        assertThat(trail.has(record("1|15550001001", "{\"id\":\"in-0-8\""))).isTrue();
        assertThat(trail.has(record("in-0-8", null))).isFalse();
        assertThat(trail.has(new ConsumerRecord<>("t", 0, 0, null, null))).isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, @Nullable String value) {
        return new ConsumerRecord<>("t", 0, 0, bytes(key), value == null ? null : bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

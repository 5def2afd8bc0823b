package lull.cli.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MentionsTest {

    private final Mentions mentions = new Mentions(List.of("15550001001", "US.134"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15550001001",
                "100|15550001001",
                "+15550001001",
                "{\"from\":\"15550001001\"}",
                "{\"from\":15550001001,\"b\":1}",
                "9915550001001 and 15550001001.",
                "100000000000001|US.134",
                "sender~1|15550001001",
                "{\"body\":\"call\\n15550001001\"}",
                "{\"id\":\"wamid.HBgLMTU1NTAwMDEwMDEVAgARGBI2QTMyNkJBOTNFMEQ0MTVCQTUA\"}"
            })
    void idsAreFound(String text) {
        assertThat(mentions.in(bytes(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1555000100",
                "155500010011",
                "x15550001001",
                "US.1345",
                "wamid.",
                "wamid.AAAA",
                "wamid.HBgLMTU1NTAwMDEwMDIVAgARGBI2QTMyNkJBOTNFMEQ0MTVCQTUA"
            })
    void nothingElseIs(String text) {
        assertThat(mentions.in(bytes(text))).isFalse();
    }

    @Test
    void keysAndHeadersCount() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, bytes("a"), null);
        assertThat(mentions.in(record)).isFalse();
        record.headers().add("key", bytes("100|15550001001"));
        assertThat(mentions.in(record)).isTrue();
        assertThat(mentions.in(new ConsumerRecord<>("t", 0, 0, bytes("100|15550001001"), null)))
                .isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

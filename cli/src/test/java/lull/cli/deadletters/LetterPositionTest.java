package lull.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterPositionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void thoseWithWhichNothingWasDoneComeFirstAndTheNewestOfThem() {
        LetterPosition old = new LetterPosition(false, NOON.minusSeconds(60), "t.dlq-0-1");
        LetterPosition recent = new LetterPosition(false, NOON, "t.dlq-0-2");
        LetterPosition same = new LetterPosition(false, NOON, "t.dlq-1-0");
        LetterPosition handled = new LetterPosition(true, NOON.plusSeconds(60), "t.dlq-0-3");

        assertThat(Stream.of(handled, old, same, recent).sorted()).containsExactly(recent, same, old, handled);
    }

    @Test
    void anAddressCanNameIt() {
        LetterPosition position = new LetterPosition(true, NOON, "whatsapp.message.received.dlq-3-1042");

        assertThat(LetterPosition.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open", "open~x~t.dlq-0-1", "open~9999999999999999~t.dlq-0-1", "new~1~t", "open~1~"})
    void whatIsNoneIsTheFirstPage(String text) {
        assertThat(LetterPosition.parse(text)).isEmpty();
    }
}

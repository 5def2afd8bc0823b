package lull.contract.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.junit.jupiter.api.Test;

final class LastMessageTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final Customer CUSTOMER = new Customer(null, "1555", null);

    @Test
    void theCareWindowIsADayFromTheLastMessage() {
        LastMessage last = LastMessage.after(null, turn(message("w1", 60, false), message("w2", 20, false)));

        assertThat(last)
                .isEqualTo(new LastMessage("w2", NOW.minusSeconds(20), hours(24).minusSeconds(20)));
    }

    @Test
    void anAdvertisementOpensItForThreeDaysWhateverIsSaidAfterwards() {
        LastMessage first = LastMessage.after(null, turn(message("w1", 3_600, true)));
        LastMessage next = LastMessage.after(first, turn(message("w2", 0, false)));

        assertThat(first.careUntil()).isEqualTo(hours(72).minusSeconds(3_600));
        assertThat(next).isEqualTo(new LastMessage("w2", NOW, first.careUntil()));
    }

    @Test
    void whatCameLateChangesNothing() {
        LastMessage known = LastMessage.after(null, turn(message("w2", 0, false)));

        assertThat(LastMessage.after(known, turn(message("w1", 600, false)))).isEqualTo(known);
    }

    @Test
    void newsIsWhatIsAMinuteLater() {
        LastMessage known = LastMessage.after(null, turn(message("w1", 60, false)));

        assertThat(known.isNews(null)).isTrue();
        assertThat(known.isNews(known)).isFalse();
        assertThat(LastMessage.after(known, turn(message("w2", 1, false))).isNews(known))
                .isFalse();
        assertThat(LastMessage.after(known, turn(message("w2", 0, false))).isNews(known))
                .isTrue();
    }

    @Test
    void itIsOverOnlyWhenNothingThatIsNotKnownCanHaveKeptItOpen() {
        LastMessage last = LastMessage.after(null, turn(message("w1", 0, false)));

        assertThat(last.isOver(last.careUntil().plus(LastMessage.BEHIND))).isFalse();
        assertThat(last.isOver(last.careUntil().plus(LastMessage.BEHIND).plusMillis(1)))
                .isTrue();
    }

    private static Instant hours(int hours) {
        return NOW.plus(Duration.ofHours(hours));
    }

    private static TurnMessage message(String id, long secondsAgo, boolean byAdvertisement) {
        ObjectNode raw = Json.object().put("type", "text");
        if (byAdvertisement) {
            raw.putObject("referral").put("source_type", "ad").put("source_id", "1");
        }
        return new TurnMessage(id, NOW.minusSeconds(secondsAgo), CUSTOMER, raw);
    }

    private static Turn turn(TurnMessage... messages) {
        return new Turn(
                "t-0-1",
                messages[0].id(),
                new ConversationKey("100", "1555"),
                new Business("100", "+1 555 000 0000", "200"),
                CUSTOMER,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                true,
                NOW,
                NOW,
                List.of(new TurnItem(ContentKind.TEXT, "Hi", List.of(messages))));
    }
}

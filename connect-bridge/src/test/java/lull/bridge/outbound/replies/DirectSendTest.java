package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender.ReplyPart;
import org.junit.jupiter.api.Test;

final class DirectSendTest {

    private static final DirectSend DIRECT = new DirectSend(Set.of("100"));

    @Test
    void admitsShortTextsOfItsNumbersToOnePerson() {
        assertThat(DIRECT.admits(part("100", "1555", new ReplyContent.Text("Hi"))))
                .isTrue();
        assertThat(DIRECT.admits(part("200", "1555", new ReplyContent.Text("Hi"))))
                .isFalse();
        assertThat(DIRECT.admits(part("100", "group:g1", new ReplyContent.Text("Hi"))))
                .isFalse();
        assertThat(DIRECT.admits(part("100", "1555", new ReplyContent.Interactive("button", Json.object()))))
                .isFalse();
    }

    @Test
    void countsCharactersAsWhatsAppDoes() {
        assertThat(DIRECT.admits(part("100", "1555", new ReplyContent.Text("😀".repeat(1_024)))))
                .isTrue();
        assertThat(DIRECT.admits(part("100", "1555", new ReplyContent.Text("😀".repeat(1_025)))))
                .isFalse();
    }

    @Test
    void asAUtilityMessageATextHasNoPreview() {
        ReplyPart part = part("100", "1555", new ReplyContent.Text("https://example.com", true, null))
                .asUtility();

        assertThat(part.isUtility()).isTrue();
        assertThat(part.content()).isEqualTo(new ReplyContent.Text("https://example.com"));
        assertThat(part.with(new ReplyContent.Text("other")).isUtility()).isFalse();
    }

    private static ReplyPart part(String number, String customer, ReplyContent content) {
        return new ReplyPart(
                new Customer(null, customer, null),
                content,
                null,
                new CallbackData("r1", 0, new ConversationKey(number, customer)));
    }
}

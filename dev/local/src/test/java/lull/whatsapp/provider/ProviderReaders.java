package lull.whatsapp.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender.ReplyPart;

/// The readers of templates and of other providers' answers.
public final class ProviderReaders {

    private static final List<ReplyContent> CONTENTS = List.of(
            new ReplyContent.Text("Hi"),
            new ReplyContent.Location(BigDecimal.ONE, BigDecimal.TEN, null, null, null),
            new ReplyContent.Media(
                    ReplyContent.Media.Kind.DOCUMENT, null, "https://f.example/a.pdf", null, null, null, null));

    private ProviderReaders() {}

    /// Reads a template, and fills it.
    public static void template(byte[] document) {
        ProviderTemplate template;
        try {
            template = ProviderTemplate.parse(document);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        for (ReplyContent content : CONTENTS) {
            ReplyPart part = new ReplyPart(
                    new Customer(null, "2", null),
                    content,
                    "q",
                    new CallbackData("r", 0, new ConversationKey("1", "2")));
            if (template.fill(part) instanceof ProviderTemplate.Filled.Request request) {
                assertThat(Json.bytes(request.body())).hasSizeLessThan(1_000_000);
            }
        }
    }

    /// Reads the answer of a provider.
    public static void answer(byte[] document) throws UnreadableJson, IOException {
        ProviderTemplate evolution = ProviderTemplate.parse(ProviderSettings.own("evolution"));
        assertThat(evolution.messageId(Json.tree(document))).hasSizeLessThan(1_000);
        assertThat(evolution.isDoubt(404, Json.tree(document))).isFalse();
        evolution.isDoubt(400, Json.tree(document));
    }
}

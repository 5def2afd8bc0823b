package lull.bridge.outbound.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import lull.bridge.chats.ChoiceLookup;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.Answer;
import lull.connect.ParticipantPort;
import lull.contract.chat.Chat;
import lull.contract.chat.ParticipantRole;
import lull.text.InteractiveMessage;
import lull.text.Markdown;
import lull.text.Quotes;

/// Resolver of the number, or title, of a choice that a customer writes: it returns the answer that
/// Connect waits for. The question is the message that the customer quotes, else the last one that was
/// said. It is read from the chat's transcript, so that nothing is stored and a restart forgets nothing.
/// If Connect does not answer, the number stays a number.
public final class NumberedChoices implements ChoiceLookup {

    private final ParticipantCalls line;
    private final ParticipantPort port;

    public NumberedChoices(ParticipantCalls line, ParticipantPort port) {
        this.line = line;
        this.port = port;
    }

    @Override
    public Optional<String> answer(Chat chat, String said, Optional<String> quoted) throws InterruptedException {
        Answer<ParticipantPort.Page> latest = line.call(chat.initialContactId(), port::latest);
        if (!(latest instanceof Answer.Ok<ParticipantPort.Page>(ParticipantPort.Page page))) {
            return Optional.empty();
        }
        List<JsonNode> items = page.items().stream()
                .filter(NumberedChoices::isSaidToTheCustomer)
                .toList();
        return quoted.flatMap(line -> quoted(items, line))
                .or(() -> items.stream().findFirst())
                .filter(NumberedChoices::isQuestion)
                .flatMap(item -> InteractiveMessage.answer(text(item, "Content"), said));
    }

    private static Optional<JsonNode> quoted(List<JsonNode> items, String line) {
        return items.stream()
                .filter(item -> isQuestion(item)
                        ? InteractiveMessage.isQuotedAs(text(item, "Content"), line)
                        : Quotes.isQuotedAs(shown(item), line))
                .findFirst();
    }

    private static String shown(JsonNode item) {
        String content = text(item, "Content");
        return text(item, "ContentType").equals("text/markdown") ? Markdown.toWhatsApp(content) : content;
    }

    private static boolean isQuestion(JsonNode item) {
        return text(item, "ContentType").equals(InteractiveMessage.CONTENT_TYPE);
    }

    private static boolean isSaidToTheCustomer(JsonNode item) {
        return text(item, "Type").equals("MESSAGE")
                && ParticipantRole.of(text(item, "ParticipantRole")) != ParticipantRole.CUSTOMER;
    }

    private static String text(JsonNode item, String name) {
        return item.path(name).asText("");
    }
}

package lull.bridge.outbound.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import lull.bridge.chats.ChoiceLookup;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.text.InteractiveMessage;
import lull.connect.Answer;
import lull.connect.ParticipantPort;
import lull.contract.chat.Chat;
import lull.contract.chat.ParticipantRole;

/// Meaning of a number from a customer who was last asked to choose from a numbered text: the answer that
/// Connect waits for. The chat's transcript says what they were asked, so that nothing is kept and a restart
/// forgets nothing. Where Connect does not answer, the number stays one.
public final class NumberedChoices implements ChoiceLookup {

    private final ParticipantCalls line;
    private final ParticipantPort port;

    public NumberedChoices(ParticipantCalls line, ParticipantPort port) {
        this.line = line;
        this.port = port;
    }

    /// The answer behind a number, from 1; empty where it means none.
    @Override
    public Optional<String> answer(Chat chat, int number) throws InterruptedException {
        Answer<ParticipantPort.Page> latest = line.call(chat.initialContactId(), port::latest);
        return latest instanceof Answer.Ok<ParticipantPort.Page>(ParticipantPort.Page page)
                ? page.items().stream()
                        .filter(NumberedChoices::isSaidToTheCustomer)
                        .findFirst()
                        .filter(item -> text(item, "ContentType").equals(InteractiveMessage.CONTENT_TYPE))
                        .flatMap(item -> InteractiveMessage.answer(text(item, "Content"), number))
                : Optional.empty();
    }

    private static boolean isSaidToTheCustomer(JsonNode item) {
        return text(item, "Type").equals("MESSAGE")
                && ParticipantRole.of(text(item, "ParticipantRole")) != ParticipantRole.CUSTOMER;
    }

    private static String text(JsonNode item, String name) {
        return item.path(name).asText("");
    }
}

package lull.bridge.outbound.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import lull.bridge.chats.ChoiceLookup;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.Answer;
import lull.connect.ParticipantPort;
import lull.contract.chat.Chat;
import lull.contract.chat.ParticipantRole;
import lull.text.InteractiveMessage;

/// Resolver of a number from a customer who was last asked to choose from a numbered text: it returns
/// the answer that Connect waits for. The question is read from the chat's transcript, so that nothing
/// is stored and a restart forgets nothing. If Connect does not answer, the number stays a number.
public final class NumberedChoices implements ChoiceLookup {

    private final ParticipantCalls line;
    private final ParticipantPort port;

    public NumberedChoices(ParticipantCalls line, ParticipantPort port) {
        this.line = line;
        this.port = port;
    }

    /// Returns the answer for a number, from 1; empty if there is none.
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

package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.message.AccountEvent;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.message.Message;

/// Message that somebody of the business wrote to a customer without Lull, such as in the WhatsApp
/// Business app on the shop's phone. WhatsApp reports it in `message_echoes` of an account event.
public record BusinessEcho(
        String messageId, ConversationKey conversation, Customer customer, Instant sentAt, Content content) {

    /// Fields in which WhatsApp puts echoes; the last one is used in rarer webhooks.
    private static final Set<String> FIELDS = Set.of("smb_message_echoes", "message_echoes", "messages");

    /// Returns the echoes of an event, in its order; none if it is about something else.
    public static List<BusinessEcho> of(AccountEvent event) {
        List<BusinessEcho> echoes = new ArrayList<>();
        if (!FIELDS.contains(event.field())) {
            return echoes;
        }
        JsonNode value = event.raw().path("value");
        String number = value.at("/metadata/phone_number_id").asText("");
        for (JsonNode message : value.path("message_echoes")) {
            String phone = message.path("to").asText("");
            String userId = message.path("to_user_id").asText("");
            String id = message.path("id").asText("");
            if (number.isBlank() || id.isBlank() || (phone.isBlank() && userId.isBlank())) {
                continue;
            }
            echoes.add(new BusinessEcho(
                    id,
                    new ConversationKey(number, userId.isBlank() ? phone : userId),
                    new Customer(userId.isBlank() ? null : userId, phone.isBlank() ? null : phone, null),
                    Message.sentAt(message, event.receivedAt()),
                    ContentParser.parse(message)));
        }
        return echoes;
    }

    /// Returns the texts for the agent of the customer's chat. Each part says that a colleague wrote
    /// it, because Connect shows all of them as the customer's words.
    ///
    /// @param maxCharacters of a part
    public List<String> parts(AgentTexts texts, Quotes quotes, int maxCharacters) {
        String label = texts.labelled(Phrase.COLLEAGUE, "");
        int room = Math.max(1, maxCharacters - label.length() - 1);
        return TextSplitter.split(shown(texts, quotes), room).stream()
                .map(part -> texts.labelled(Phrase.COLLEAGUE, part))
                .toList();
    }

    private String shown(AgentTexts texts, Quotes quotes) {
        String text = new Rendering(texts).text(content);
        Optional<Quote> original = original().flatMap(id -> quotes.before(id, messageId));
        String about = original.map(Quote::line)
                .map(Quotes::withoutNumbers)
                .map(line -> " " + line)
                .orElse("");
        return text + about;
    }

    /// Returns the id of the message that is deleted or reacted to.
    private Optional<String> original() {
        if (content instanceof Content.Reaction reaction) {
            return Optional.of(reaction.messageId());
        }
        return content instanceof Content.Revoke revoke ? Optional.of(revoke.originalMessageId()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "BusinessEcho[" + messageId + " to " + conversation.masked() + "]";
    }
}

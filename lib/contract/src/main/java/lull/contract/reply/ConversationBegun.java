package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import org.jspecify.annotations.Nullable;

/// A conversation that the business has begun with a template, until its customer has answered: the
/// values of `whatsapp.conversation.begun`. Immutable.
///
/// The record's key is the id of the reply. When WhatsApp reports a further id of the customer, a copy
/// of the record with both ids is written, whose key ends with [#COPY]: one writer does not undo what
/// another one has recorded.
///
/// @param replyId the reply that is the template
/// @param customer as far as is known
/// @param template name of the template
/// @param values the texts that were filled in, in their order
/// @param at when the template was announced to be sent
/// @param answeredBy id of the first turn after it, which has its context; absent before
public record ConversationBegun(
        String replyId,
        ConversationKey conversation,
        Customer customer,
        String template,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> values,
        Beginning beginning,
        Instant at,
        @Nullable String answeredBy) {

    /// End of the key of a copy.
    public static final String COPY = "/ids";

    @JsonCreator
    public ConversationBegun {
        requireNonNull(replyId, "replyId");
        requireNonNull(conversation, "conversation");
        requireNonNull(customer, "customer");
        requireNonNull(template, "template");
        requireNonNull(beginning, "beginning");
        requireNonNull(at, "at");
        values = values == null ? List.of() : List.copyOf(values);
    }

    /// Returns the conversation that a template begins.
    public static ConversationBegun of(Reply reply, ReplyContent.Template template, Beginning beginning, Instant at) {
        return new ConversationBegun(
                reply.id(),
                reply.conversation(),
                reply.customer(),
                template.name(),
                texts(template),
                beginning,
                at,
                null);
    }

    private static List<String> texts(ReplyContent.Template template) {
        List<String> texts = new ArrayList<>();
        ArrayNode components = template.components();
        if (components != null) {
            for (JsonNode component : components) {
                for (JsonNode parameter : component.path("parameters")) {
                    String text = parameter.path("text").asText("");
                    if (!text.isBlank()) {
                        texts.add(text);
                    }
                }
            }
        }
        return texts;
    }

    /// Returns the same after a turn of the customer.
    public ConversationBegun answered(String turn) {
        return new ConversationBegun(replyId, conversation, customer, template, values, beginning, at, turn);
    }

    /// Returns the same with more ids of the customer.
    public ConversationBegun of(Customer known) {
        return new ConversationBegun(replyId, conversation, known, template, values, beginning, at, answeredBy());
    }

    @Override
    public String toString() {
        return "ConversationBegun[" + conversation.masked() + (answeredBy == null ? "]" : ", answered]");
    }
}

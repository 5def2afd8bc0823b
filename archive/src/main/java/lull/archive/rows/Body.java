package lull.archive.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// Text of a message by which it is found and shown in a list, and the message that it refers to.
/// Immutable.
///
/// @param text absent if it has none
/// @param refersTo WhatsApp's id of the message that it changes, deletes or reacts to; absent for all
///     others
record Body(@Nullable String text, @Nullable String refersTo) {

    private static final int DEEPEST_EDIT = 1;

    static Body of(Content content) {
        return of(content, 0);
    }

    private static Body of(Content content, int depth) {
        return switch (content) {
            case Content.Text text -> new Body(text.body(), null);
            case Content.Media media -> new Body(media.caption(), null);
            case Content.Location location ->
                new Body(joined(location.name(), location.address(), location.url()), null);
            case Content.Contacts contacts ->
                new Body(
                        contacts.cards().stream()
                                .map(Content.Contacts.Card::name)
                                .collect(Collectors.joining(", ")),
                        null);
            case Content.ButtonReply reply -> new Body(reply.title(), null);
            case Content.ListReply reply -> new Body(joined(reply.title(), reply.description()), null);
            case Content.FlowReply reply -> new Body(joined(reply.name(), reply.body()), null);
            case Content.CallPermission permission -> new Body(permission.response(), null);
            case Content.Order order -> new Body(order.text(), null);
            case Content.Reaction reaction -> new Body(reaction.emoji(), reaction.messageId());
            case Content.SystemNotice notice -> new Body(notice.body(), null);
            case Content.RequestWelcome _ -> new Body(null, null);
            case Content.Edit edit ->
                new Body(
                        depth < DEEPEST_EDIT
                                ? of(ContentParser.parse(edit.message()), depth + 1)
                                        .text()
                                : null,
                        edit.originalMessageId());
            case Content.Revoke revoke -> new Body(null, revoke.originalMessageId());
            case Content.Call _ -> new Body(null, null);
            case Content.TakeOver takeOver -> new Body(takeOver.summary(), null);
            case Content.Unsupported unsupported -> new Body(unsupported.reason(), null);
            case Content.Unknown unknown -> new Body(String.join("\n", unknown.texts()), null);
        };
    }

    static Body of(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> new Body(text.body(), null);
            case ReplyContent.Media media -> new Body(media.caption(), null);
            case ReplyContent.Location location -> new Body(joined(location.name(), location.address()), null);
            case ReplyContent.Contacts contacts -> new Body(names(contacts.contacts()), null);
            case ReplyContent.Reaction reaction -> new Body(reaction.emoji(), reaction.messageId());
            case ReplyContent.Typing typing -> new Body(null, typing.messageId());
            case ReplyContent.Interactive interactive ->
                new Body(text(interactive.more().path("body")), null);
            case ReplyContent.Template template -> new Body(template.name(), null);
        };
    }

    private static @Nullable String text(JsonNode body) {
        return body.path("text").isTextual() ? body.path("text").textValue() : null;
    }

    private static String names(JsonNode contacts) {
        return contacts.valueStream()
                .map(contact -> contact.path("name").path("formatted_name").asText(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String joined(@Nullable String... texts) {
        List<String> known = Stream.of(texts)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return known.isEmpty() ? null : String.join("\n", known);
    }

    @Override
    public String toString() {
        return "Body[]";
    }
}

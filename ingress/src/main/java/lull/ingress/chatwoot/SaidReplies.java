package lull.ingress.chatwoot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.chatwoot.Callback.Choice;
import lull.chatwoot.Callback.FileLink;
import lull.chatwoot.Callback.Said;
import lull.chatwoot.ReplyNumber;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.contract.reply.ReplyOrigin;
import lull.text.Markdown;
import lull.text.Question;
import org.jspecify.annotations.Nullable;

/// Replies that an agent's message in Chatwoot becomes. Their ids follow from Chatwoot's numbers, so
/// that the same message is the same replies. Pure.
final class SaidReplies {

    /// WhatsApp's limit.
    private static final int MOST_CAPTION = 1_024;

    /// What WhatsApp shows as a picture or a film; everything else is a document.
    private static final Map<String, List<String>> SHOWN =
            Map.of("image", List.of("jpg", "jpeg", "png"), "video", List.of("mp4", "3gp"));

    private static final List<String> HEARD = List.of("aac", "amr", "mp3", "m4a", "ogg", "opus", "mp4");

    private final String destination;
    private final String listButton;

    /// @param listButton label of the button that opens a list of choices
    SaidReplies(String destination, String listButton) {
        this.destination = destination;
        this.listButton = listButton;
    }

    List<Reply> of(Said said, ConversationKey conversation, Customer customer, Instant at) {
        List<ReplyContent> contents = contents(said, Channel.of(conversation).hasMarks());
        List<Reply> replies = new ArrayList<>();
        for (ReplyContent content : contents) {
            int part = replies.size();
            replies.add(new Reply(
                    new ReplyNumber(destination, said.contact().conversation(), said.message(), part).id(),
                    conversation,
                    customer,
                    new ReplyOrigin.Application(destination),
                    content,
                    at,
                    part == 0 ? said.answered() : null));
        }
        return replies;
    }

    private List<ReplyContent> contents(Said said, boolean hasMarks) {
        List<ReplyContent> contents = new ArrayList<>();
        if (!said.choices().isEmpty()) {
            contents.add(question(said.content(), said.choices()).toWhatsApp(listButton));
        }
        String shown = hasMarks ? Markdown.toWhatsApp(said.content()) : Markdown.toPlain(said.content());
        String text = said.choices().isEmpty() ? shown : "";
        boolean isCaption = !said.files().isEmpty()
                && text.length() <= MOST_CAPTION
                && kind(said.files().getFirst()) != Kind.AUDIO;
        if (!text.isBlank() && !isCaption) {
            contents.add(new ReplyContent.Text(text));
        }
        for (int at = 0; at < said.files().size(); at++) {
            contents.add(media(said.files().get(at), isCaption && at == 0 && !text.isBlank() ? text : null));
        }
        return contents;
    }

    private static Question question(String body, List<Choice> choices) {
        return new Question(
                body,
                "",
                List.of(new Question.Panel(
                        "",
                        "",
                        choices.stream()
                                .map(choice -> new Question.Choice(choice.title(), "", choice.value()))
                                .toList())));
    }

    private static Media media(FileLink file, @Nullable String caption) {
        Kind kind = kind(file);
        return new Media(kind, null, file.url(), caption, kind == Kind.DOCUMENT ? file.name() : null, null, null);
    }

    private static Kind kind(FileLink file) {
        String name = file.name() == null ? "" : file.name();
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (file.kind()) {
            case "image" -> SHOWN.getOrDefault("image", List.of()).contains(end) ? Kind.IMAGE : Kind.DOCUMENT;
            case "video" -> SHOWN.getOrDefault("video", List.of()).contains(end) ? Kind.VIDEO : Kind.DOCUMENT;
            case "audio" -> HEARD.contains(end) ? Kind.AUDIO : Kind.DOCUMENT;
            default -> Kind.DOCUMENT;
        };
    }
}

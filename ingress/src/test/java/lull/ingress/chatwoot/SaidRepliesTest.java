package lull.ingress.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import lull.chatwoot.Callback.Choice;
import lull.chatwoot.Callback.Contact;
import lull.chatwoot.Callback.FileLink;
import lull.chatwoot.Callback.Said;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.contract.reply.ReplyContent.Media.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SaidRepliesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @Test
    void aTextIsOneReplyWithWhatsAppsMarks() {
        List<Reply> replies = replies("**Yes**, at [our shop](https://shop.example/a_b)", List.of(), List.of());

        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.id()).isEqualTo("app-chatwoot-desk-17-4711-0");
            assertThat(((ReplyContent.Text) reply.content()).body())
                    .startsWith("*Yes*, at ")
                    .contains("https://shop.example/a_b");
            assertThat(reply.quotedMessageId()).isEqualTo("wamid.1");
        });
    }

    @Test
    void aShortTextIsTheCaptionOfTheFirstFileAndALongOneComesFirst() {
        FileLink file = new FileLink("image", "https://desk.example/a.png", "a.png");

        assertThat(replies("Look", List.of(), List.of(file, file)))
                .extracting(reply -> ((Media) reply.content()).caption())
                .containsExactly("Look", null);
        List<Reply> replies = replies("x".repeat(1_025), List.of(), List.of(file));
        assertThat(replies).hasSize(2);
        assertThat(replies.getFirst().content()).isInstanceOf(ReplyContent.Text.class);
        assertThat(replies.getLast().quotedMessageId()).isNull();
        assertThat(replies.getLast().id()).isEqualTo("app-chatwoot-desk-17-4711-1");
    }

    @Test
    void aSoundHasNoCaption() {
        assertThat(replies("Listen", List.of(), List.of(new FileLink("audio", "https://desk.example/a.ogg", "a.ogg"))))
                .extracting(Reply::content)
                .hasExactlyElementsOfTypes(ReplyContent.Text.class, Media.class);
    }

    @ParameterizedTest
    @CsvSource({
        "image, a.png, IMAGE",
        "image, a.JPG, IMAGE",
        "image, a.gif, DOCUMENT",
        "image, , DOCUMENT",
        "video, a.mp4, VIDEO",
        "video, a.mov, DOCUMENT",
        "audio, a.mp3, AUDIO",
        "audio, a.wav, DOCUMENT",
        "file, a.pdf, DOCUMENT",
        "other, a.png, DOCUMENT"
    })
    void aFileIsWhatWhatsAppCanShow(String kind, String name, Kind expected) {
        Media media = (Media) replies("", List.of(), List.of(new FileLink(kind, "https://desk.example/f", name)))
                .getFirst()
                .content();

        assertThat(media.kind()).isEqualTo(expected);
        assertThat(media.link()).isEqualTo("https://desk.example/f");
        assertThat(media.filename()).isEqualTo(expected == Kind.DOCUMENT ? name : null);
    }

    @Test
    void choicesAreButtonsAListOrNumberedText() {
        assertThat(replies("Which?", choices(2), List.of()).getFirst().content())
                .isInstanceOfSatisfying(
                        ReplyContent.Interactive.class,
                        asked -> assertThat(asked.kind()).isEqualTo("button"));
        assertThat(replies("Which?", choices(9), List.of()).getFirst().content())
                .isInstanceOfSatisfying(
                        ReplyContent.Interactive.class,
                        asked -> assertThat(asked.kind()).isEqualTo("list"));
        assertThat(replies("Which?", choices(12), List.of()).getFirst().content())
                .isInstanceOfSatisfying(
                        ReplyContent.Text.class, text -> assertThat(text.body()).contains("12"));
    }

    private static List<Choice> choices(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Choice("Plan " + number, "plan-" + number))
                .toList();
    }

    private static List<Reply> replies(String content, List<Choice> choices, List<FileLink> files) {
        return new SaidReplies("desk", "Choose")
                .of(
                        new Said(4711, new Contact("abc", 17, null), content, choices, files, "wamid.1"),
                        ConversationKey.parse("100000000000001|15550001001"),
                        new Customer(null, "15550001001", null),
                        NOW);
    }
}

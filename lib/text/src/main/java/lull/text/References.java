package lull.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Content;
import lull.contract.message.MessageContext;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Lines above messages that say what they refer to: the message that one answers, quoted if it belongs
/// to the same turn; that it was forwarded; the product or the advertisement that it is about.
final class References {

    private final AgentTexts texts;
    private final Quotes inTurn;

    /// Advertisements by message id. If several messages name the same one, it is shown only for the
    /// first.
    private final Map<String, String> advertisements;

    private References(AgentTexts texts, Quotes inTurn, Map<String, String> advertisements) {
        this.texts = texts;
        this.inTurn = inTurn;
        this.advertisements = advertisements;
    }

    /// Returns the references of a turn's messages.
    public static References of(Turn turn, Rendering rendering) {
        Quotes inTurn = new Quotes(Integer.MAX_VALUE);
        inTurn.learn(turn, rendering);
        Map<String, String> advertisements = new HashMap<>();
        for (TurnItem item : turn.items()) {
            for (TurnMessage message : item.messages()) {
                message.referral()
                        .map(rendering::advertisement)
                        .filter(line -> !advertisements.containsValue(line))
                        .ifPresent(line -> advertisements.put(message.id(), line));
            }
        }
        return new References(rendering.texts(), inTurn, advertisements);
    }

    /// Returns the texts of the turn's messages.
    public Quotes quotes() {
        return inTurn;
    }

    /// Returns the messages outside of the turn that an item's messages answer, in order.
    public List<String> answeredElsewhere(TurnItem item) {
        return item.messages().stream()
                .filter(message -> message.context().isPresent())
                .filter(message -> isAnswer(message.context().orElseThrow(), message.content()))
                .map(message -> message.context().orElseThrow().messageId())
                .filter(id -> inTurn.of(id).isEmpty())
                .toList();
    }

    /// Returns the lines above an item of one message; empty if it refers to nothing.
    public String above(TurnItem item) {
        return String.join("\n", lines(item.messages().getFirst()));
    }

    /// Returns the joined text of an item, with the lines of a message above its text.
    public String within(TurnItem item) {
        String text = Objects.requireNonNullElse(item.text(), "");
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (TurnMessage message : item.messages()) {
            List<String> lines = lines(message);
            String body = message.content() instanceof Content.Text(String said) ? said : "";
            int start = text.indexOf(body, done);
            if (start < 0) {
                return top(item);
            }
            out.append(text, done, start);
            if (!lines.isEmpty()) {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
                    out.append('\n');
                }
                out.append(String.join("\n", lines)).append('\n');
            }
            out.append(body);
            done = start + body.length();
        }
        return out.append(text, done, text.length()).toString();
    }

    /// Returns the text with all lines at the top, if it does not show which message said what.
    private String top(TurnItem item) {
        String lines = item.messages().stream()
                .flatMap(message -> lines(message).stream())
                .collect(Collectors.joining("\n"));
        String text = Objects.requireNonNullElse(item.text(), "");
        return lines.isEmpty() ? text : lines + "\n" + text;
    }

    private List<String> lines(TurnMessage message) {
        List<String> lines = new ArrayList<>();
        String advertisement = advertisements.get(message.id());
        if (advertisement != null) {
            lines.add(advertisement);
        }
        message.context().ifPresent(context -> addContext(lines, context, message.content()));
        return lines;
    }

    private void addContext(List<String> lines, MessageContext context, Content content) {
        if (context.forwarded()) {
            lines.add(texts.labelled(context.frequentlyForwarded() ? Phrase.FORWARDED_OFTEN : Phrase.FORWARDED, ""));
        }
        MessageContext.Product product = context.product();
        if (product != null) {
            lines.add(texts.labelled(Phrase.PRODUCT, joined(" ", product.catalogId(), product.retailerId())));
        } else if (isAnswer(context, content)) {
            Optional<Quote> quote = inTurn.of(Objects.requireNonNull(context.messageId()));
            lines.add(quote.map(known -> texts.labelled(Phrase.REPLY_QUOTING, known.line()))
                    .orElseGet(() -> texts.labelled(Phrase.REPLY, "")));
        }
    }

    private static boolean isAnswer(MessageContext context, Content content) {
        return context.product() == null && context.messageId() != null && !isAnswerByNature(content);
    }

    /// Whether content always answers a message: taps on buttons and the like always refer to the
    /// message that had the buttons.
    private static boolean isAnswerByNature(Content content) {
        return switch (content) {
            case Content.ButtonReply reply -> true;
            case Content.ListReply reply -> true;
            case Content.FlowReply reply -> true;
            case Content.CallPermission permission -> true;
            case Content.Reaction reaction -> true;
            case Content.Order order -> true;
            case Content.Text text -> false;
            case Content.Media media -> false;
            case Content.Location location -> false;
            case Content.Contacts contacts -> false;
            case Content.SystemNotice notice -> false;
            case Content.RequestWelcome welcome -> false;
            case Content.Edit edit -> false;
            case Content.Revoke revoke -> false;
            case Content.Call call -> false;
            case Content.TakeOver takeOver -> false;
            case Content.Unsupported unsupported -> false;
            case Content.Unknown unknown -> false;
        };
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(separator));
    }
}

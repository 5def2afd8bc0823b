package lull.whatsapp.provider;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;

/// Values of a part of a reply for the placeholders of a template. Pure.
final class TemplateValues {

    /// Names of all placeholders of bodies.
    static final Set<String> NAMES = Set.of(
            "to",
            "from",
            "id",
            "callback",
            "quoted",
            "text",
            "link",
            "caption",
            "filename",
            "extension",
            "mimeType",
            "latitude",
            "longitude",
            "name",
            "address",
            "messageId",
            "emoji");

    private static final Pattern EXTENSION = Pattern.compile("[^/]*\\.([A-Za-z0-9]{1,10})");

    private TemplateValues() {}

    /// Returns the values that a part has.
    static Map<String, String> of(ReplyPart part) {
        Map<String, String> values = new HashMap<>();
        values.put("to", recipient(part));
        values.put("from", part.conversation().businessNumber());
        values.put("id", part.callback().replyId() + "/" + part.callback().part());
        values.put("callback", part.callback().text());
        put(values, "quoted", part.quotedMessageId());
        switch (part.content()) {
            case ReplyContent.Text text -> values.put("text", text.body());
            case ReplyContent.Media media -> putFile(values, media);
            case ReplyContent.Location place -> putPlace(values, place);
            case ReplyContent.Reaction reaction -> {
                values.put("messageId", reaction.messageId());
                values.put("emoji", reaction.emoji());
            }
            // No template has these kinds.
            case ReplyContent.Contacts _,
                    ReplyContent.Interactive _,
                    ReplyContent.Template _,
                    ReplyContent.Typing _ -> {}
        }
        return values;
    }

    /// Returns the values of a part with a file.
    ///
    /// @param link stands for the file
    static Map<String, String> of(ReplyPart part, OutgoingFile file, String link) {
        Map<String, String> values = of(part);
        values.put("link", link);
        values.put("mimeType", file.mimeType());
        values.put("filename", file.name());
        String extension = extension(file.name());
        values.put("extension", extension == null ? "bin" : extension);
        return values;
    }

    private static String recipient(ReplyPart part) {
        String customer = part.conversation().customer();
        if (part.conversation().isGroup()) {
            return customer.substring(customer.indexOf(':') + 1);
        }
        Customer person = part.customer();
        String phone = person.phone();
        String userId = person.userId();
        return phone != null ? phone : userId != null ? userId : customer;
    }

    private static void putFile(Map<String, String> values, ReplyContent.Media media) {
        put(values, "link", media.link());
        put(values, "caption", media.caption());
        String name = media.filename();
        put(values, "filename", name);
        String extension = extension(name);
        String link = media.link();
        put(values, "extension", extension == null && link != null ? extension(link.split("[?#]", 2)[0]) : extension);
    }

    private static void putPlace(Map<String, String> values, ReplyContent.Location place) {
        put(values, "latitude", number(place.latitude()));
        put(values, "longitude", number(place.longitude()));
        put(values, "name", place.name());
        put(values, "address", place.address());
    }

    /// Returns a number without an exponent, whose length has a limit.
    private static @Nullable String number(BigDecimal value) {
        double rounded = value.doubleValue();
        return Double.isFinite(rounded) ? BigDecimal.valueOf(rounded).toPlainString() : null;
    }

    private static @Nullable String extension(@Nullable String path) {
        if (path == null) {
            return null;
        }
        Matcher matcher = EXTENSION.matcher(path.substring(path.lastIndexOf('/') + 1));
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}

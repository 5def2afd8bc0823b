package lull.cli.erasure;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import lull.contract.message.MessageToken;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Finder of a customer's ids in records: in keys, values and headers, and inside WhatsApp's ids of messages, which
/// contain the number in an encoded form. An id that is a part of a longer word or number does not count. Pure.
final class Mentions {

    private final List<String> ids;

    Mentions(Collection<String> ids) {
        this.ids = List.copyOf(ids);
    }

    /// Whether a record has one of the ids.
    boolean in(ConsumerRecord<byte[], byte[]> record) {
        if (in(record.key()) || in(record.value())) {
            return true;
        }
        for (Header header : record.headers()) {
            if (in(header.value())) {
                return true;
            }
        }
        return false;
    }

    /// Whether bytes have one of the ids, as text in UTF-8.
    boolean in(byte @Nullable [] bytes) {
        return bytes != null && in(new String(bytes, StandardCharsets.UTF_8));
    }

    private boolean in(String text) {
        return hasWord(text) || MessageToken.insideIdsOf(text).anyMatch(this::hasWord);
    }

    private boolean hasWord(String text) {
        return ids.stream().anyMatch(id -> {
            int at = text.indexOf(id);
            while (at >= 0 && !isWord(text, at, at + id.length())) {
                at = text.indexOf(id, at + 1);
            }
            return at >= 0;
        });
    }

    private static boolean isWord(String text, int from, int to) {
        return (from == 0 || !isAlphanumeric(text.charAt(from - 1)) || isEscape(text, from - 1))
                && (to == text.length() || !isAlphanumeric(text.charAt(to)));
    }

    /// Whether a letter is the end of an escape in JSON, such as a line break.
    private static boolean isEscape(String text, int at) {
        return at > 0 && text.charAt(at - 1) == '\\' && "nrtbf".indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}

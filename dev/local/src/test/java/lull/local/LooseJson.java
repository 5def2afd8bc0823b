package lull.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON value as the bytes it stands in, read leniently, without limits and by no parser that the ingress uses:
/// what texts hold and how numbers are written is not looked at, equal names stay.
final class LooseJson {

    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final String source;
    private final int start;
    private int end;
    private final List<Member> members = new ArrayList<>();
    private final List<LooseJson> elements = new ArrayList<>();

    /// A member of an object; the name as it is written, without its quotes.
    record Member(String name, int start, LooseJson value) {
        int end() {
            return value.end;
        }
    }

    private LooseJson(String source, int start) {
        this.source = source;
        this.start = start;
        this.end = start;
    }

    /// Reads bytes; empty where their brackets, commas and quotes are not those of a JSON value.
    static Optional<LooseJson> parse(byte[] bytes) {
        String source = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (source.startsWith(BYTE_ORDER_MARK, start)) {
            start += BYTE_ORDER_MARK.length();
        }
        return Optional.ofNullable(new Reading(source, start).value());
    }

    /// Its bytes, as a character each.
    String text() {
        return source.substring(start, end);
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean isObject() {
        return source.charAt(start) == '{';
    }

    boolean isList() {
        return source.charAt(start) == '[';
    }

    boolean isText() {
        return source.charAt(start) == '"';
    }

    boolean isScalar() {
        return !isObject() && !isList();
    }

    boolean isNull() {
        return source.startsWith("null", start);
    }

    /// Those of an object in their order; of anything else there are none.
    List<Member> members() {
        return members;
    }

    /// Those of a list in their order; of anything else there are none.
    List<LooseJson> elements() {
        return elements;
    }

    /// All values in it, itself the first.
    List<LooseJson> all() {
        List<LooseJson> all = new ArrayList<>();
        Deque<LooseJson> left = new ArrayDeque<>(List.of(this));
        while (!left.isEmpty()) {
            LooseJson next = left.pop();
            all.add(next);
            left.addAll(next.elements);
            next.members.forEach(member -> left.add(member.value()));
        }
        return all;
    }

    @Override
    public String toString() {
        return "LooseJson[" + start + " to " + end + "]";
    }

    /// One reading of a source; deep nesting costs no stack.
    private static final class Reading {
        private final String source;
        private int at;

        Reading(String source, int at) {
            this.source = source;
            this.at = at;
        }

        @Nullable
        LooseJson value() {
            Deque<LooseJson> open = new ArrayDeque<>();
            LooseJson root = null;
            while (true) {
                LooseJson around = open.peek();
                LooseJson value = around == null ? next() : child(around);
                if (value == null) {
                    return null;
                }
                root = root == null ? value : root;
                if (!value.isScalar() && !closes(value)) {
                    open.push(value);
                    continue;
                }
                while (!open.isEmpty() && closes(open.element())) {
                    open.pop();
                }
                if (open.isEmpty()) {
                    skipSpace();
                    return at == source.length() ? root : null;
                }
                if (!take(',')) {
                    return null;
                }
            }
        }

        private @Nullable LooseJson child(LooseJson around) {
            if (around.isList()) {
                LooseJson value = next();
                if (value != null) {
                    around.elements.add(value);
                }
                return value;
            }
            LooseJson name = next();
            if (name == null || !name.isText() || !take(':')) {
                return null;
            }
            LooseJson value = next();
            if (value != null) {
                around.members.add(new Member(source.substring(name.start + 1, name.end - 1), name.start, value));
            }
            return value;
        }

        /// A scalar, or the opening bracket of what is none.
        private @Nullable LooseJson next() {
            skipSpace();
            if (at == source.length()) {
                return null;
            }
            LooseJson value = new LooseJson(source, at);
            char first = source.charAt(at);
            if (first == '{' || first == '[') {
                at++;
            } else if (first == '"') {
                at++;
                while (at < source.length() && source.charAt(at) != '"') {
                    at += source.charAt(at) == '\\' ? 2 : 1;
                }
                at++;
            } else {
                while (at < source.length() && ",:]}[{\" \t\r\n".indexOf(source.charAt(at)) < 0) {
                    at++;
                }
            }
            value.end = at;
            return at > source.length() || at == value.start ? null : value;
        }

        private boolean closes(LooseJson value) {
            boolean closed = take(value.isObject() ? '}' : ']');
            if (closed) {
                value.end = at;
            }
            return closed;
        }

        private boolean take(char wanted) {
            skipSpace();
            boolean there = at < source.length() && source.charAt(at) == wanted;
            at += there ? 1 : 0;
            return there;
        }

        private void skipSpace() {
            while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}

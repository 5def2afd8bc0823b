package lull.local;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/// Bodies that went wrong on their way, or that nobody has thought of: made of good ones, the same for the same seed.
final class Mutations {

    private static final int LARGE_BYTES = 3_000_000;
    private static final int MAX_BYTES = 4_000_000;
    private static final int ROOM = 100_000;

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "7",
            "-0.0",
            "1.50e400",
            "123456789012345678901234567890",
            "\"\"",
            "\"x\"",
            "\" 7 \"",
            "\"messages\"",
            "{}",
            "[]",
            "{\"a\":1}",
            "{\"id\":\"i\",\"id\":\"j\"}",
            "{\"phone_number_id\":[\"1\"]}",
            "[1,\"b\",null]",
            "[[]]",
            "NaN",
            "01",
            "'x'");

    private static final List<String> NAMES = List.of(
            "entry",
            "changes",
            "value",
            "field",
            "messages",
            "statuses",
            "errors",
            "contacts",
            "metadata",
            "id",
            "from",
            "type",
            "wa_id",
            "user_id",
            "group_id",
            "system",
            "whatsAppWebhookEntry",
            "unheard_of",
            "",
            "a\\ud800z",
            "\\u00e9",
            "\u00c3\u00a9");

    /// Into texts: halves of characters, zeros, line ends, bad escapes, bytes that no UTF-8 has.
    private static final List<String> BITS = List.of(
            "\\ud800",
            "\\udc00\\ud800",
            "\\u0000",
            "\\u202e",
            "\\n",
            "\\x",
            "\\u12",
            "\n",
            "\u0000",
            "|",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f0\u009f\u0098\u0080",
            "\u00ff",
            "\u00e9");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16, Charset.forName("UTF-32"));

    private final List<String> origins;
    private final Random random;

    Mutations(List<byte[]> origins, long seed) {
        this.origins = origins.stream()
                .map(origin -> new String(origin, StandardCharsets.ISO_8859_1))
                .toList();
        this.random = new Random(seed);
    }

    /// A body of usual size.
    byte[] next() {
        return bytes(mutated(one(origins)));
    }

    /// A body of up to three megabytes.
    byte[] large() {
        String origin = one(origins);
        int size = LARGE_BYTES / 6 + random.nextInt(LARGE_BYTES * 5 / 6 - ROOM);
        StringBuilder large = new StringBuilder(size + ROOM);
        Optional<LooseJson> list = LooseJson.parse(bytes(origin))
                .flatMap(tree -> tree.all().stream()
                        .filter(value -> value.isList() && !value.elements().isEmpty())
                        .reduce((_, last) -> last));
        if (list.isEmpty()) {
            return bytes(origin.repeat(size / Math.max(1, origin.length())));
        }
        LooseJson grows = list.get();
        large.append(origin, 0, grows.end() - 1);
        while (large.length() < size) {
            large.append(',')
                    .append(grows.elements()
                            .get(random.nextInt(grows.elements().size()))
                            .text());
        }
        return bytes(
                mutated(large.append(origin, grows.end() - 1, origin.length()).toString()));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String mutated(String origin) {
        String body = origin;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            Optional<LooseJson> tree = LooseJson.parse(bytes(body));
            body = tree.isPresent() && random.nextInt(8) > 0 ? inTree(body, tree.get()) : inBytes(body);
        }
        return body.substring(0, Math.min(body.length(), MAX_BYTES));
    }

    private String inTree(String body, LooseJson tree) {
        LooseJson value = one(tree.all());
        return switch (random.nextInt(12)) {
            case 0, 1 -> replaced(body, value, one(VALUES));
            case 2 -> replaced(body, value, one(tree.all()).text());
            case 3 -> children(body, container(tree), Collections::shuffle);
            case 4 -> children(body, container(tree), (parts, by) -> parts.remove(by.nextInt(parts.size())));
            case 5 -> children(body, container(tree), (parts, by) -> parts.add(parts.get(by.nextInt(parts.size()))));
            case 6 -> children(body, container(tree), (parts, _) -> parts.clear());
            case 7 -> added(body, container(tree));
            case 8 -> renamed(body, container(tree));
            case 9 -> replaced(body, value, nested(value.text()));
            case 10 -> replaced(body, value, huge());
            default -> withBit(body, value);
        };
    }

    private String inBytes(String body) {
        if (body.isEmpty()) {
            return "{";
        }
        int at = random.nextInt(body.length());
        return switch (random.nextInt(9)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(at);
            case 2, 3 -> body.substring(0, at) + (char) random.nextInt(256) + body.substring(at + 1);
            case 4 -> body.substring(0, at) + one(BITS) + body.substring(at);
            case 5 -> body.substring(0, at) + body.substring(Math.min(body.length(), at + 1 + random.nextInt(20)));
            case 6 -> "\u00ef\u00bb\u00bf" + body;
            case 7 -> body + (random.nextBoolean() ? "\n" : body);
            default -> encoded(body);
        };
    }

    private String encoded(String body) {
        byte[] bytes = new String(bytes(body), StandardCharsets.UTF_8)
                .getBytes(random.nextInt(3) == 0 ? StandardCharsets.ISO_8859_1 : one(CHARSETS));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String replaced(String body, LooseJson value, String text) {
        return body.substring(0, value.start()) + text + body.substring(value.end());
    }

    private LooseJson container(LooseJson tree) {
        List<LooseJson> containers = tree.all().stream()
                .filter(value -> !value.elements().isEmpty() || !value.members().isEmpty())
                .toList();
        return containers.isEmpty() ? tree : one(containers);
    }

    /// What is done to the parts of a list or object.
    @FunctionalInterface
    private interface Change {
        void apply(List<String> parts, Random random);
    }

    private String children(String body, LooseJson container, Change change) {
        List<String> parts =
                container.elements().stream().map(LooseJson::text).collect(Collectors.toCollection(ArrayList::new));
        container.members().forEach(member -> parts.add(body.substring(member.start(), member.end())));
        if (parts.isEmpty()) {
            return body;
        }
        change.apply(parts, random);
        String all = String.join(",", parts);
        return replaced(body, container, container.isObject() ? "{" + all + "}" : "[" + all + "]");
    }

    private String added(String body, LooseJson container) {
        String part = container.isObject() ? "\"" + one(NAMES) + "\":" + one(VALUES) : one(VALUES);
        return children(body, container, (parts, by) -> parts.add(by.nextInt(parts.size() + 1), part));
    }

    private String renamed(String body, LooseJson container) {
        if (container.members().isEmpty()) {
            return body;
        }
        LooseJson.Member member = one(container.members());
        int name = member.start() + 1;
        return body.substring(0, name)
                + one(NAMES)
                + body.substring(name + member.name().length());
    }

    /// Mostly not deeper than it may be, seldom a great deal deeper.
    private String nested(String value) {
        int depth = switch (random.nextInt(40)) {
            case 0 -> 100_000;
            case 1, 2 -> 10_000;
            case 3, 4, 5 -> 1_000;
            case 6, 7, 8, 9 -> 300 + random.nextInt(300);
            default -> 10 + random.nextInt(90);
        };
        boolean lists = random.nextBoolean();
        return (lists ? "[" : "{\"n\":").repeat(depth) + value + (lists ? "]" : "}").repeat(depth);
    }

    private String huge() {
        int length = random.nextInt(20) == 0 ? ROOM : 1_500;
        return switch (random.nextInt(4)) {
            case 0 -> "\"" + "h".repeat(length) + "\"";
            case 1 -> "7".repeat(length);
            case 2 -> "0." + "1".repeat(length);
            default -> "{\"" + "n".repeat(length) + "\":1}";
        };
    }

    private String withBit(String body, LooseJson value) {
        if (!value.isText()) {
            return body;
        }
        int at = value.start() + 1 + random.nextInt(value.end() - value.start() - 1);
        return body.substring(0, at) + one(BITS) + body.substring(at);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}

package lull.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// The absurd documents that every reader must survive: values that are no value anybody expects, alone and at each
/// place of a sensible document.
final class AbsurdJson {

    /// Numbers beyond every type, times beyond every calendar, half characters, wrong types.
    static final List<String> VALUES = List.of(
            "1e99999999999",
            "-1e99999999999",
            "1e-99999999999",
            "1E+2147483648",
            "1e999999999",
            "1.5e-999999999",
            "1e1000",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "-99999999999999999999999999",
            "31556889864403199",
            "-31557014167219200",
            "9223372036854775807",
            "9999999999999",
            "9".repeat(1_500),
            "0." + "1".repeat(1_500),
            "\"1e99999999999\"",
            "\"1e999999999\"",
            "\"31556889864403199\"",
            "\"-31557014167219200\"",
            "\"9223372036854775807\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "\"PT2562047788015215H30M7.999999999S\"",
            "\"P106751991167300D\"",
            "\"\"",
            "\" \"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800 \\udbff\"",
            "\"\\u0000\\u001b\\u202e\"",
            "\"|\"",
            "\"%\"",
            "\"http://[\"",
            "\"\\\\x\\\"\"",
            "\"" + "x".repeat(70_000) + "\"",
            "\"" + "{\\\"a\\\":".repeat(3_000) + "\"",
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[],{},\"\\ud800\",1e99999999999]",
            "{\"a\":1,\"a\":{\"a\":[1e99999999999]},\"\":\"\\udfff\"}",
            "{\"" + "n".repeat(60_000) + "\":1}",
            "{\"\\ud800\":\"\\ud800\"}",
            nested("[", "]", 300),
            nested("{\"a\":", "}", 300),
            nested("[", "]", 490),
            nested("[", "]", 2_000),
            nested("{\"message\":", "}", 20_000),
            nested("[", "]", 200_000),
            "NaN",
            "-Infinity",
            "01",
            "-",
            "1e",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "{\"a\":1",
            "{'a':1}",
            "/* */ 1");

    private AbsurdJson() {}

    /// Every absurd document that can be made of a sensible one: the values alone, the values at each of its places,
    /// and its bytes cut off or in no UTF-8.
    static Stream<byte[]> of(String sensible) {
        return Stream.of(
                        alone(),
                        places(sensible).stream()
                                .flatMap(place -> VALUES.stream().map(value -> utf8(place.replace(PLACE, value)))),
                        spoiled(sensible))
                .flatMap(stream -> stream);
    }

    static Stream<byte[]> alone() {
        return VALUES.stream().map(AbsurdJson::utf8);
    }

    private static Stream<byte[]> spoiled(String sensible) {
        byte[] bytes = utf8(sensible);
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marked.writeBytes(bytes);
        byte[] broken = bytes.clone();
        broken[bytes.length / 2] = (byte) 0xFF;
        byte[] half = bytes.clone();
        half[bytes.length / 2] = (byte) 0xC3;
        return Stream.of(
                new byte[0],
                utf8(sensible.substring(0, sensible.length() - 1)),
                utf8(sensible + sensible),
                sensible.getBytes(StandardCharsets.UTF_16),
                sensible.getBytes(StandardCharsets.UTF_16LE),
                marked.toByteArray(),
                broken,
                half);
    }

    private static final String PLACE = "\"@here@\"";

    /// The document with a mark in the place of each of its values, one after the other.
    private static List<String> places(String sensible) {
        JsonNode tree = tree(sensible);
        List<String> places = new ArrayList<>();
        mark(tree, tree, places);
        return places;
    }

    private static void mark(JsonNode root, JsonNode node, List<String> places) {
        if (node instanceof ObjectNode object) {
            for (String name :
                    object.propertyStream().map(member -> member.getKey()).toList()) {
                JsonNode value = object.get(name);
                object.put(name, "@here@");
                places.add(root.toString());
                object.set(name, value);
                mark(root, value, places);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode value = list.get(i);
                list.set(i, "@here@");
                places.add(root.toString());
                list.set(i, value);
                mark(root, value, places);
            }
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json);
        } catch (UnreadableJson e) {
            throw new AssertionError(json, e);
        }
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + "1" + close.repeat(depth);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

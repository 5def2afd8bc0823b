package lull.contract.json;

import java.util.HexFormat;

/// Escaping of lone surrogates in JSON. They occur only in texts, where the escape has the same
/// meaning, and UTF-8 cannot encode them. Pure.
final class LoneSurrogates {

    private LoneSurrogates() {}

    static String escaped(String json) {
        if (json.codePoints().noneMatch(LoneSurrogates::isLone)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(point -> {
            if (isLone(point)) {
                escaped.append("\\u").append(HexFormat.of().toHexDigits((char) point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    private static boolean isLone(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}

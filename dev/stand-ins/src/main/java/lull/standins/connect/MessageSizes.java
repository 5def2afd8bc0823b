package lull.standins.connect;

import java.nio.charset.StandardCharsets;

/// Limits of the length of a message. Amazon's own pages disagree, so it is a setting.
public enum MessageSizes {
    /// 1,024 characters (UTF-16 units) of text, 12,000 of JSON, 12,288 of interactive answers.
    LEGACY {
        @Override
        boolean allow(String contentType, String content) {
            return content.length()
                    <= switch (contentType) {
                        case ContentTypes.JSON -> 12_000;
                        case ContentTypes.INTERACTIVE_RESPONSE -> 12_288;
                        default -> 1_024;
                    };
        }
    },
    /// 16,384 bytes of UTF-8, whatever the type.
    CURRENT {
        @Override
        boolean allow(String contentType, String content) {
            return content.getBytes(StandardCharsets.UTF_8).length <= 16_384;
        }
    };

    abstract boolean allow(String contentType, String content);
}

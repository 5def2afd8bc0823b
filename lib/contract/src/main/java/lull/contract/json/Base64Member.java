package lull.contract.json;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reader of a JSON object in a file with a member in base64 that may be too large for memory. Pure, besides its files.
public final class Base64Member {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Base64Member() {}

    /// What was read.
    ///
    /// @param bytes how many were decoded; 0 if there is no such member
    /// @param text the value of the other member; absent if there is none
    public record Decoded(long bytes, @Nullable String text) {}

    /// Decodes a member of the object in a file. Throws [UnreadableJson] if that is no JSON object, or the member is no
    /// base64; then a part may have been written.
    ///
    /// @param base64 the name of the member; line feeds in it are ignored
    /// @param text the name of a member with a short text
    public static Decoded decode(Path json, String base64, String text, OutputStream into)
            throws IOException, UnreadableJson {
        long bytes = 0;
        String found = null;
        try (JsonParser parser = FACTORY.createParser(json.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableJson("It is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    parser.skipChildren();
                } else if (member.equals(base64)) {
                    bytes += parser.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, into);
                } else if (member.equals(text)) {
                    found = parser.getText();
                }
            }
            return new Decoded(bytes, found);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // The parser says in its own way what is no base64.
            throw new UnreadableJson("It is no JSON with base64");
        }
    }
}

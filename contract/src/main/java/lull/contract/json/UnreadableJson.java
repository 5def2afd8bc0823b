package lull.contract.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/// Bytes that are not the JSON that was expected. Its message names the place, never the content, as it ends in
/// logs.
public final class UnreadableJson extends Exception {

    public UnreadableJson(String message) {
        super(message);
    }

    /// Bytes that cannot be read as a type, with the place where that was found.
    public static UnreadableJson because(Class<?> type, IOException e) {
        String place = "";
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            place = " at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr();
        }
        return new UnreadableJson("Not readable as " + type.getSimpleName() + place + " ("
                + e.getClass().getSimpleName() + ")");
    }
}

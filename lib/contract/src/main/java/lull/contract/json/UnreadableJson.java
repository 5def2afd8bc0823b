package lull.contract.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Thrown if bytes are not the expected JSON. Its message names the place, never the content, because
/// it is logged.
public final class UnreadableJson extends Exception {

    private static final Pattern MEMBER = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,39}");

    public UnreadableJson(String message) {
        super(message);
    }

    /// Returns the failure to read bytes as a type, with the place where it was found.
    static UnreadableJson because(Class<?> type, Throwable e) {
        String place = "";
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            place = " at line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr();
        }
        return new UnreadableJson("Not readable as " + type.getSimpleName() + place + member(e) + " ("
                + e.getClass().getSimpleName() + ")");
    }

    /// Returns the wrong member, by the names of the records' own members; a name that may be content
    /// is omitted.
    private static String member(Throwable e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (JsonMappingException.Reference reference : mapping.getPath()) {
            String name = reference.getFieldName();
            if (name != null && MEMBER.matcher(name).matches()) {
                names.add(name);
            }
        }
        String missing = "";
        if (mapping.getCause() instanceof NullPointerException cause
                && cause.getMessage() != null
                && MEMBER.matcher(cause.getMessage()).matches()) {
            names.add(cause.getMessage());
            missing = " is missing";
        }
        return names.isEmpty() ? "" : ", member " + String.join(".", names) + missing;
    }
}

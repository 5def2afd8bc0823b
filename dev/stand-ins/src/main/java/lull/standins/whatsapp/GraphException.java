package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import lull.standins.http.Json;

/// A request that is refused as the Graph API refuses it: decide on the code, for throttling too comes as HTTP
/// 400.
final class GraphException extends RuntimeException {
    private final int status;
    private final int code;
    private final String details;
    private final int subcode;
    private ObjectNode beside = Json.object();

    GraphException(int status, int code, String message, String details) {
        this(status, code, 0, message, details);
    }

    private GraphException(int status, int code, int subcode, String message, String details) {
        super(message);
        this.subcode = subcode;
        this.status = status;
        this.code = code;
        this.details = details;
    }

    static GraphException of(int code, String title, String details) {
        return new GraphException(usualStatus(code), code, "(#%d) %s".formatted(code, title), details);
    }

    /// A call that manages an account is refused with a general code; the subcode says why.
    static GraphException detailed(int subcode, String reason) {
        return new GraphException(400, 100, subcode, "Invalid parameter", reason);
    }

    /// Adds what was done beside the error.
    GraphException with(ObjectNode done) {
        beside = done;
        return this;
    }

    static GraphException invalid(String details) {
        return of(100, "Invalid parameter", details);
    }

    static GraphException missing(String details) {
        return of(131008, "Required parameter is missing", details);
    }

    static GraphException wrongValue(String details) {
        return of(131009, "Parameter value is not valid", details);
    }

    static GraphException unknownPath(String path) {
        return new GraphException(400, 2500, "Unknown path components: " + path, "");
    }

    static GraphException badToken() {
        return new GraphException(401, 190, "Invalid OAuth access token - Cannot parse access token", "");
    }

    static GraphException noSuchObject(String id) {
        return new GraphException(
                400,
                100,
                "Unsupported get request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
                        .formatted(id),
                "");
    }

    /// The HTTP status that goes with an error code.
    static int usualStatus(int code) {
        return switch (code) {
            case 0, 190 -> 401;
            case 3, 131000, 131016, 131045, 131057, 133000 -> 500;
            case 2, 133004 -> 503;
            case 10, 200, 368, 130497, 131005, 131031 -> 403;
            case 132001 -> 404;
            default -> 400;
        };
    }

    /// Whether it is about too many messages in a time.
    boolean isThrottling() {
        return code == 130429 || code == 131056;
    }

    int status() {
        return status;
    }

    ObjectNode toJson() {
        ObjectNode error = Json.object()
                .put("message", String.valueOf(getMessage()))
                .put("type", "OAuthException")
                .put("code", code);
        if (subcode != 0) {
            error.put("error_subcode", subcode)
                    .put("is_transient", false)
                    .put("error_user_title", "Refused")
                    .put("error_user_msg", details);
        } else if (!details.isEmpty()) {
            error.putObject("error_data").put("messaging_product", "whatsapp").put("details", details);
        }
        error.put(
                "fbtrace_id",
                "A" + UUID.randomUUID().toString().replace("-", "").substring(0, 22));
        ObjectNode body = beside.deepCopy();
        return body.set("error", error);
    }
}

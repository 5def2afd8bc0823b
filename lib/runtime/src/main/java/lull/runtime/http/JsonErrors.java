package lull.runtime.http;

import java.nio.ByteBuffer;
import java.util.Map;
import lull.contract.json.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers in JSON to requests that Jetty rejects before any route sees them, such as a path that cannot be decoded.
/// Without it clients of a JSON API would get a page in HTML.
final class JsonErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        byte[] body = Json.bytes(Map.of("error", words(status)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /// Says nothing of what the client has sent.
    private static String words(int status) {
        return status == HttpStatus.BAD_REQUEST_400
                ? "The request is not valid HTTP, or its path cannot be decoded"
                : "The request was rejected: " + HttpStatus.getMessage(status);
    }
}

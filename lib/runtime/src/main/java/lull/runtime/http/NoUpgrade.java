package lull.runtime.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Handler that removes a request's wish for another protocol, such as WebSocket, as RFC 9110, section
/// 7.8, allows: Lull supports none, and negotiating one would keep a session for each request.
final class NoUpgrade extends Handler.Wrapper {

    /// How the names of all fields for WebSocket begin.
    private static final String WEB_SOCKET = "sec-websocket-";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields fields = request.getHeaders();
        if (!askForAnother(fields)) {
            return super.handle(request, response, callback);
        }
        HttpFields.Mutable without = HttpFields.build();
        fields.stream().filter(field -> !asksForAnother(field)).forEach(without::add);
        HttpFields plain = without.asImmutable();
        return super.handle(
                new Request.Wrapper(request) {
                    @Override
                    public HttpFields getHeaders() {
                        return plain;
                    }
                },
                response,
                callback);
    }

    private static boolean askForAnother(HttpFields fields) {
        for (HttpField field : fields) {
            if (asksForAnother(field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean asksForAnother(HttpField field) {
        return field.getHeader() == HttpHeader.UPGRADE
                || field.getName().regionMatches(true, 0, WEB_SOCKET, 0, WEB_SOCKET.length());
    }
}

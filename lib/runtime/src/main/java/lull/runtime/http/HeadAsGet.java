package lull.runtime.http;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Handler by which a `HEAD` is handled as the `GET` of its path and gets the same status and header, as RFC 9110,
/// section 9.3.2, wants it: Javalin would answer 200 without asking the route. Jetty omits the body.
final class HeadAsGet extends Handler.Wrapper {

    HeadAsGet(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        return super.handle(
                new Request.Wrapper(request) {
                    @Override
                    public String getMethod() {
                        return HttpMethod.GET.asString();
                    }
                },
                response,
                callback);
    }
}

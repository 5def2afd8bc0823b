package lull.standins.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/// A route by which tests and people steer a stand-in; the real service has nothing like it. The path is in
/// OpenAPI's notation, such as `/_agent/chats/{contactId}`.
public record ControlRoute(HandlerType method, String path, Handler handler) {
    public static ControlRoute get(String path, Handler handler) {
        return new ControlRoute(HandlerType.GET, path, handler);
    }

    public static ControlRoute post(String path, Handler handler) {
        return new ControlRoute(HandlerType.POST, path, handler);
    }

    public static ControlRoute delete(String path, Handler handler) {
        return new ControlRoute(HandlerType.DELETE, path, handler);
    }
}

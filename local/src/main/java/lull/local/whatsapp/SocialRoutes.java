package lull.local.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import lull.local.http.Fault;
import lull.local.http.FaultBook;
import lull.local.http.Json;

/// The part of AWS End User Messaging Social that sends, in front of the same phones. A number's id there is
/// `phone-number-id-` and 32 hex digits; this stand-in takes the decimal digits among the last of them for Meta's
/// id. WhatsApp's own error codes are not told.
final class SocialRoutes {
    static final String SEND = "SendWhatsAppMessage";

    private static final String NUMBER = "(?:arn:.*/|phone-number-id-)0*([0-9]+)";

    private final BiFunction<String, ObjectNode, ObjectNode> sender;
    private final RequestLog requests;
    private final FaultBook faults;

    /// What is answered.
    ///
    /// @param error AWS's word for what is wrong; empty where nothing is
    private record Answer(int status, String error, ObjectNode body) {}

    /// `sender` sends a Graph body from Meta's id of a number.
    SocialRoutes(BiFunction<String, ObjectNode, ObjectNode> sender, RequestLog requests, FaultBook faults) {
        this.sender = sender;
        this.requests = requests;
        this.faults = faults;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/whatsapp/send", this::send);
    }

    private void send(Context context) {
        ObjectNode request = Json.read(context.bodyAsBytes()).orElseGet(Json::object);
        Optional<Fault> fault = faults.take(SEND);
        fault.ifPresent(Fault::pause);
        Answer real = fault.isPresent()
                        && !fault.get().takesEffect()
                        && !fault.get().code().isEmpty()
                ? refuse(400, "")
                : carryOut(request);
        Answer answer = fault.filter(mishap -> !mishap.code().isEmpty())
                .map(mishap -> refuse(mishap.status().orElseGet(() -> usualStatus(mishap.code())), mishap.code()))
                .orElse(real);
        if (!answer.error().isEmpty()) {
            context.header("x-amzn-ErrorType", answer.error());
        }
        requests.add(context.method().name(), context.path(), answer.status(), request);
        Json.answer(context, answer.status(), answer.body());
    }

    private Answer carryOut(ObjectNode request) {
        String number = request.path("originationPhoneNumberId").asText("");
        if (!number.matches(NUMBER)) {
            return refuse(404, "ResourceNotFoundException");
        }
        if (!request.path("metaApiVersion").asText("").matches("v[0-9]+\\.[0-9]+")) {
            return refuse(400, "ValidationException");
        }
        try {
            byte[] body = Base64.getDecoder().decode(request.path("message").asText(""));
            ObjectNode message = Json.read(body).orElseThrow(() -> GraphException.invalid("no JSON"));
            String wamid = sender.apply(number.replaceFirst(NUMBER, "$1"), message)
                    .at("/messages/0/id")
                    .asText();
            return new Answer(200, "", Json.object().put("messageId", wamid));
        } catch (GraphException refused) {
            return refused.isThrottling()
                    ? refuse(429, "ThrottledRequestException")
                    : refuse(400, "InvalidParametersException");
        } catch (IllegalArgumentException refused) {
            return refuse(400, "InvalidParametersException");
        }
    }

    private static Answer refuse(int status, String error) {
        return new Answer(status, error, Json.object().put("message", "Refused by the stand-in"));
    }

    private static int usualStatus(String error) {
        return switch (error) {
            case "AccessDeniedException", "AccessDeniedByMetaException" -> 403;
            case "ResourceNotFoundException" -> 404;
            case "ConflictException" -> 409;
            case "ThrottledRequestException" -> 429;
            case "InternalServiceException" -> 500;
            case "DependencyException" -> 502;
            default -> 400;
        };
    }
}

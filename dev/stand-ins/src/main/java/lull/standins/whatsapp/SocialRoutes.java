package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.s3.S3Object;
import lull.standins.s3.S3StandIn;

/// The part of AWS End User Messaging Social that sends, and carries files, in front of the same phones. A
/// number's id there is `phone-number-id-` and 32 hex digits; this stand-in takes the decimal digits among the
/// last of them for Meta's id. WhatsApp's own error codes are not told.
final class SocialRoutes {
    static final String SEND = "SendWhatsAppMessage";
    static final String GET_MEDIA = "GetWhatsAppMessageMedia";
    static final String POST_MEDIA = "PostWhatsAppMessageMedia";

    private static final String NUMBER = "(?:arn:.*/|phone-number-id-)0*([0-9]+)";

    private final BiFunction<String, ObjectNode, ObjectNode> sender;
    private final MediaShelf media;
    private final Optional<S3StandIn> buckets;
    private final RequestLog requests;
    private final FaultBook faults;

    /// What is answered.
    ///
    /// @param error AWS's word for what is wrong; empty where nothing is
    private record Answer(int status, String error, ObjectNode body) {}

    /// `sender` sends a Graph body from Meta's id of a number; files pass through `buckets`, where there are some.
    SocialRoutes(
            BiFunction<String, ObjectNode, ObjectNode> sender,
            MediaShelf media,
            Optional<S3StandIn> buckets,
            RequestLog requests,
            FaultBook faults) {
        this.sender = sender;
        this.media = media;
        this.buckets = buckets;
        this.requests = requests;
        this.faults = faults;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/whatsapp/send", context -> answer(context, SEND, this::send));
        routes.post("/v1/whatsapp/media/get", context -> answer(context, GET_MEDIA, this::getMedia));
        routes.post("/v1/whatsapp/media", context -> answer(context, POST_MEDIA, this::postMedia));
    }

    private void answer(Context context, String operation, Function<ObjectNode, Answer> action) {
        ObjectNode request = Json.read(context.bodyAsBytes()).orElseGet(Json::object);
        Optional<Fault> fault = faults.take(operation, context.body());
        fault.ifPresent(Fault::pause);
        Answer real = fault.isPresent()
                        && !fault.get().takesEffect()
                        && !fault.get().code().isEmpty()
                ? refuse(400, "")
                : action.apply(request);
        Answer answer = fault.filter(mishap -> !mishap.code().isEmpty())
                .map(mishap -> refuse(mishap.status().orElseGet(() -> usualStatus(mishap.code())), mishap.code()))
                .orElse(real);
        if (!answer.error().isEmpty()) {
            context.header("x-amzn-ErrorType", answer.error());
        }
        requests.add(context.method().name(), context.path(), answer.status(), request);
        Json.answer(context, answer.status(), answer.body());
    }

    private Answer send(ObjectNode request) {
        String number = number(request);
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

    /// Lays a file down. The key is a prefix, to which the file's id and an extension are added.
    private Answer getMedia(ObjectNode request) {
        String id = request.path("mediaId").asText("");
        String bucket = request.at("/destinationS3File/bucketName").asText("");
        String prefix = request.at("/destinationS3File/key").asText("");
        Optional<byte[]> content = media.content(id);
        Optional<String> type = media.mimeType(id);
        if (!number(request).matches(NUMBER)) {
            return refuse(404, "ResourceNotFoundException");
        }
        if (content.isEmpty() || type.isEmpty()) {
            return refuse(400, "InvalidParametersException");
        }
        String key = prefix + id + "." + type.get().replaceFirst("^.*/", "");
        boolean isThere =
                buckets.isPresent() && buckets.get().put(bucket, key, new S3Object(type.get(), "", content.get()));
        return isThere
                ? new Answer(
                        200, "", Json.object().put("mimeType", type.get()).put("fileSize", content.get().length / 1024))
                : refuse(403, "AccessDeniedException");
    }

    private Answer postMedia(ObjectNode request) {
        if (!number(request).matches(NUMBER)) {
            return refuse(404, "ResourceNotFoundException");
        }
        return buckets.flatMap(there -> there.find(
                        request.at("/sourceS3File/bucketName").asText(""),
                        request.at("/sourceS3File/key").asText("")))
                .map(file -> new Answer(
                        200, "", Json.object().put("mediaId", media.addUploaded(file.contentType(), file.content()))))
                .orElseGet(() -> refuse(403, "AccessDeniedException"));
    }

    private static String number(ObjectNode request) {
        return request.path("originationPhoneNumberId").asText("");
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

package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;

/// The HTTP edge of the Graph API: sending and receipts. Checks the token, plays faults, logs requests.
final class GraphRoutes {
    static final String MESSAGES = "messages";
    static final String RECEIPTS = "receipts";
    static final String MEDIA = "media";
    static final String DOWNLOAD = "download";
    static final String NUMBER = "number";
    static final String REWRITTEN = "recipient.rewritten";
    static final List<String> FAULT_TARGETS = List.of(
            MESSAGES,
            RECEIPTS,
            MEDIA,
            DOWNLOAD,
            NUMBER,
            Business.FAULT,
            REWRITTEN,
            MediaShelf.CORRUPT,
            SocialRoutes.SEND,
            SocialRoutes.GET_MEDIA,
            SocialRoutes.POST_MEDIA);

    private final GraphStandIn.Options options;
    private final Phones phones;
    private final SendRates rates;
    private final Templates templates;
    private final MediaShelf media;
    private final RequestLog requests;
    private final FaultBook faults;
    private final Optional<Statuses> statuses;
    private final Business business;
    private final DirectSends directs;

    private record Answer(int status, ObjectNode body) {}

    GraphRoutes(
            GraphStandIn.Options options,
            Phones phones,
            SendRates rates,
            Templates templates,
            MediaShelf media,
            RequestLog requests,
            FaultBook faults,
            Optional<Statuses> statuses,
            Business business,
            DirectSends directs) {
        this.options = options;
        this.phones = phones;
        this.rates = rates;
        this.templates = templates;
        this.media = media;
        this.requests = requests;
        this.faults = faults;
        this.statuses = statuses;
        this.business = business;
        this.directs = directs;
    }

    void register(RoutesConfig routes) {
        routes.post("/{version}/{number}/messages", context -> {
            Optional<ObjectNode> body = Json.read(context.bodyAsBytes());
            ObjectNode request = body.orElseGet(Json::object);
            handle(context, request.has("status") ? RECEIPTS : MESSAGES, request, () -> post(context, body));
        });
        routes.post("/{version}/{number}/media", context -> {
            // Read before any answer: else the connection may break while the client writes, and it tries again.
            context.uploadedFiles();
            handle(context, MEDIA, Json.object(), () -> media.upload(context));
        });
        routes.get("/{version}/{media}", context -> {
            // The Graph API has one name space for everything; numbers are asked for with fields.
            String id = context.pathParam("media");
            if (business.has(id) || id.equals("message_template_library")) {
                business(context, id, List.of());
            } else if (context.queryParam("fields") == null) {
                handle(context, MEDIA, Json.object(), () -> media.lookUp(context));
            } else {
                handle(context, NUMBER, Json.object(), () -> business.answer(BusinessCall.of(context, id, List.of())));
            }
        });
        routes.delete("/{version}/{media}", context -> {
            String id = context.pathParam("media");
            if (business.has(id)) {
                business(context, id, List.of());
            } else {
                handle(context, MEDIA, Json.object(), () -> media.delete(context));
            }
        });
        routes.get(MediaShelf.DOWNLOADS + "{media}", this::download);
        registerBusiness(routes);
    }

    /// After all others, because these paths would match theirs.
    private void registerBusiness(RoutesConfig routes) {
        routes.post("/{version}/{node}", context -> business(context, context.pathParam("node"), List.of()));
        Handler edge = context -> business(context, context.pathParam("node"), List.of(context.pathParam("edge")));
        Handler two = context -> business(
                context, context.pathParam("node"), List.of(context.pathParam("edge"), context.pathParam("more")));
        Handler three = context -> business(
                context,
                context.pathParam("node"),
                List.of(context.pathParam("edge"), context.pathParam("more"), context.pathParam("last")));
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.POST, HandlerType.DELETE)) {
            routes.addHttpHandler(method, "/{version}/{node}/{edge}", edge);
            routes.addHttpHandler(method, "/{version}/{node}/{edge}/{more}", two);
            routes.addHttpHandler(method, "/{version}/{node}/{edge}/{more}/{last}", three);
        }
    }

    private void business(Context context, String node, List<String> edge) {
        if (!edge.isEmpty() && !business.hasEdge(context.method().name(), edge)) {
            answerUnknown(context);
            return;
        }
        ObjectNode body = String.valueOf(context.contentType()).startsWith("application/json")
                ? Json.read(context.bodyAsBytes()).orElseGet(Json::object)
                : Json.object();
        handle(context, Business.FAULT, body, () -> business.answer(BusinessCall.of(context, node, edge)));
    }

    private void download(Context context) {
        Optional<Fault> fault = faults.take(DOWNLOAD);
        fault.ifPresent(Fault::pause);
        Optional<Answer> failure = fault.flatMap(GraphRoutes::failure);
        if (failure.isPresent()) {
            Json.answer(context, failure.get().status(), failure.get().body());
        } else if (fault.map(Fault::hangs).orElse(false)) {
            Json.hang(context, 200, Json.object());
        } else if (isAuthorized(context)) {
            media.download(context);
        } else {
            Json.answer(context, 401, GraphException.badToken().toJson());
        }
    }

    /// The answer where there is no route.
    static void answerUnknown(Context context) {
        GraphException unknown = GraphException.unknownPath(context.path());
        Json.answer(context, unknown.status(), unknown.toJson());
    }

    private void handle(Context context, String target, ObjectNode request, Supplier<ObjectNode> action) {
        Optional<Fault> fault = faults.take(target, context.path());
        Answer answer = fault.map(mishap -> play(mishap, context, action)).orElseGet(() -> carryOut(context, action));
        requests.add(context.method().name(), context.path(), answer.status(), request);
        if (fault.map(Fault::reset).orElse(false)) {
            Json.breakOff(context, answer.status(), answer.body());
        } else if (fault.map(Fault::hangs).orElse(false)) {
            Json.hang(context, answer.status(), answer.body());
        } else {
            Json.answer(context, answer.status(), answer.body());
        }
    }

    /// A fault that takes effect pauses between the effect and its answer, any other before both.
    private Answer play(Fault fault, Context context, Supplier<ObjectNode> action) {
        if (fault.takesEffect()) {
            Answer real = carryOut(context, action);
            fault.pause();
            return failure(fault).orElse(real);
        }
        fault.pause();
        return failure(fault).orElseGet(() -> carryOut(context, action));
    }

    private Answer carryOut(Context context, Supplier<ObjectNode> action) {
        try {
            if (!context.pathParam("version").matches("v[0-9]+\\.[0-9]+")) {
                throw GraphException.unknownPath(context.path());
            }
            if (!isAuthorized(context)) {
                throw GraphException.badToken();
            }
            return new Answer(200, action.get());
        } catch (GraphException refused) {
            return new Answer(refused.status(), refused.toJson());
        }
    }

    private boolean isAuthorized(Context context) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                ("Bearer " + options.accessToken()).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Answer> failure(Fault fault) {
        if (fault.status().isEmpty() && fault.code().isEmpty()) {
            return Optional.empty();
        }
        int code = fault.code().matches("[0-9]{1,9}") ? Integer.parseInt(fault.code()) : 131000;
        int status = fault.status().orElseGet(() -> GraphException.usualStatus(code));
        String message = "(#%d) %s".formatted(code, fault.message());
        return Optional.of(new Answer(status, new GraphException(status, code, message, fault.message()).toJson()));
    }

    private ObjectNode post(Context context, Optional<ObjectNode> read) {
        ObjectNode body = read.orElseThrow(() -> GraphException.invalid("The body is not a JSON object."));
        if (!"whatsapp".equals(SendRequest.text(body, "messaging_product"))) {
            throw GraphException.invalid("The parameter messaging_product is required and must be whatsapp.");
        }
        return take(context.pathParam("number"), body);
    }

    /// Sends the template of a marketing message.
    ObjectNode market(BusinessCall call) {
        ObjectNode answer = deliver(SendRequest.parse(call.node(), call.given()));
        ((ObjectNode) answer.at("/messages/0")).put("message_status", "accepted");
        return answer;
    }

    /// Takes a message or a receipt of a number, whichever API it came by.
    ObjectNode take(String number, ObjectNode body) {
        return body.has("status") ? receipt(body) : send(number, body);
    }

    private ObjectNode send(String number, ObjectNode body) {
        SendRequest message = rewritten(SendRequest.parse(number, body));
        templates.require(message);
        business.check(message);
        directs.check(message);
        return deliver(message);
    }

    private ObjectNode deliver(SendRequest message) {
        rates.take(message.phoneNumberId(), message.customer());
        String wamid = Wamid.fresh(message.customer());
        boolean closed = options.checkCareWindow()
                && !message.type().equals("template")
                && !message.isDirect()
                && !phones.isCareWindowOpen(message.phoneNumberId(), message.customer());
        if (closed) {
            statuses.ifPresent(told -> told.reportFailure(wamid, message, 131047, "Re-engagement message"));
        } else {
            phones.receive(wamid, message);
            statuses.filter(_ -> options.statuses()).ifPresent(told -> told.report(wamid, message));
        }
        return message.answer(wamid);
    }

    private SendRequest rewritten(SendRequest message) {
        return faults.take(REWRITTEN).map(_ -> message.rewritten()).orElse(message);
    }

    private static ObjectNode receipt(ObjectNode body) {
        if (!"read".equals(SendRequest.text(body, "status"))) {
            throw GraphException.invalid("Param status must be read.");
        }
        if (!SendRequest.text(body, "message_id").startsWith("wamid.")) {
            throw GraphException.invalid("The parameter message_id is required.");
        }
        if (body.has("typing_indicator")
                && SendRequest.text(body.path("typing_indicator"), "type").isEmpty()) {
            throw GraphException.invalid("The parameter typing_indicator['type'] is required.");
        }
        return Json.object().put("success", true);
    }
}

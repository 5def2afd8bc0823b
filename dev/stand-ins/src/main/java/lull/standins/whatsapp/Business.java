package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The business side: all books, and what they say about messages.
final class Business {
    /// The fault that meets any call of the business side.
    static final String FAULT = "business";

    /// The system user whose tokens are accepted.
    private static final String OWNER = "800000000000001";

    private final BusinessEdges edges = new BusinessEdges();
    private final TemplateBook templates;
    private final BlockBook blocks;
    private final NumberBook numbers;
    private final AccountBook accounts;
    private final CallBook calls;
    private final Function<BusinessCall, ObjectNode> marketing;
    private final LifecycleWebhooks webhooks;
    private boolean hasMarketing = true;

    /// @param marketing sends the template of a marketing message
    /// @param webhooks say what happens
    Business(
            InstantSource clock,
            Phones phones,
            Function<BusinessCall, ObjectNode> marketing,
            LifecycleWebhooks webhooks) {
        this.marketing = marketing;
        this.webhooks = webhooks;
        UploadBook uploads = new UploadBook();
        templates = new TemplateBook(clock, uploads, webhooks);
        blocks = new BlockBook(phones);
        numbers = new NumberBook(clock);
        accounts = new AccountBook(clock);
        calls = new CallBook(clock, numbers);
        uploads.register(edges);
        numbers.register(edges);
        accounts.register(edges);
        calls.register(edges);
        new FlowBook(numbers).register(edges);
        new GroupBook(clock).register(edges);
        new ShopBook().register(edges);
        edges.on("POST", "marketing_messages", BusinessEdges.MESSAGING, this::market);
        templates.register(edges);
        blocks.register(edges);
        new ProfileBook(uploads).register(edges);
        new LinkBook().register(edges);
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.post("/_business", this::change));
    }

    boolean has(String id) {
        return edges.has(id);
    }

    /// Whether there is such an edge of any object.
    boolean hasEdge(String method, List<String> edge) {
        return edges.hasEdge(method, edge);
    }

    ObjectNode answer(BusinessCall call) {
        if (call.edge().isEmpty() && !edges.has(call.node()) && call.node().matches("[0-9]{5,20}")) {
            synchronized (edges) {
                return call.method().equals("GET") ? numbers.read(call) : numbers.change(call);
            }
        }
        if (call.node().equals("me") && call.edge().isEmpty() && call.method().equals("GET")) {
            return Json.object().put("id", OWNER);
        }
        return call.node().equals("message_template_library") && call.edge().isEmpty()
                ? LibraryBook.list(call)
                : edges.answer(call);
    }

    /// Refuses a message that the state of the business does not allow.
    void check(SendRequest message) {
        synchronized (edges) {
            if (blocks.isBlocked(message.phoneNumberId(), message.customer())) {
                throw GraphException.of(130403, "User is blocked", "The business has blocked this user.");
            }
            if (message.content().path("type").asText().equals("call_permission_request")) {
                calls.ask(message.phoneNumberId(), message.customer());
            }
            if (message.type().equals("template")) {
                String name = message.content().path("name").asText();
                String language = message.content().at("/language/code").asText();
                templates.find(name, language).ifPresent(template -> check(message, template));
            }
        }
    }

    /// Returns the category by which a message is charged: its own, that of its template, or `service`. A
    /// template that nobody has created is one of utility.
    String category(SendRequest message) {
        if (message.isDirect()) {
            return message.category();
        }
        if (!message.type().equals("template")) {
            return "service";
        }
        synchronized (edges) {
            return templates
                    .find(
                            message.content().path("name").asText(),
                            message.content().at("/language/code").asText())
                    .map(template -> template.path("category").asText().toLowerCase(Locale.ROOT))
                    .orElse("utility");
        }
    }

    private void check(SendRequest message, ObjectNode template) {
        String category = template.path("category").asText();
        switch (template.path("status").asText()) {
            case "PAUSED" -> throw GraphException.of(132015, "Template is paused", "The template is paused.");
            case "DISABLED" -> throw GraphException.of(132016, "Template is disabled", "The template is disabled.");
            case "APPROVED" -> {}
            default -> throw GraphException.of(132001, "Template does not exist", "The template is not approved.");
        }
        if (category.equals("AUTHENTICATION") && message.toUserId()) {
            throw GraphException.of(131062, "Recipient not supported", "Authentication needs a phone number.");
        }
        if (category.equals("MARKETING") && (!hasMarketing || accounts.isMarketingOff())) {
            throw GraphException.of(131063, "Marketing is off", "Use the marketing messages API.");
        }
    }

    private ObjectNode market(BusinessCall call) {
        call.requireProduct();
        String name = call.given().at("/template/name").asText();
        String language = call.given().at("/template/language/code").asText();
        ObjectNode template = templates
                .find(name, language)
                .orElseThrow(() -> GraphException.of(132001, "Template does not exist", "There is no such template."));
        if (!template.path("category").asText().equals("MARKETING")) {
            throw GraphException.of(135000, "Not a marketing template", "Only marketing templates can be sent.");
        }
        return marketing.apply(call);
    }

    /// Changes what the business side does: the outcome of reviews, the status of a template, the quality of the
    /// number, a
    /// permission, or whether marketing templates can be sent.
    private void change(Context context) {
        ControlBody body = ControlBody.of(context);
        synchronized (edges) {
            body.optionalText("review").ifPresent(templates::reviewAs);
            body.optionalText("template").ifPresent(name -> templates.setStatus(name, body.text("status")));
            body.optionalText("quality").ifPresent(webhooks::quality);
            body.optionalText("revoke").ifPresent(permission -> edges.permit(permission, false));
            body.optionalText("permit").ifPresent(permission -> edges.permit(permission, true));
            body.optionalText("marketing").ifPresent(word -> hasMarketing = word.equals("on"));
        }
        Json.answer(context, 200, Json.object());
    }
}

package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The agent's desk: control routes that show the chats and let a person or a test be the agent.
final class AgentRoutes {
    private final ConnectStandIn.Options options;
    private final Chats chats;
    private final CallLog calls;
    private final AttachmentApi attachments;

    AgentRoutes(ConnectStandIn.Options options, Chats chats, CallLog calls, AttachmentApi attachments) {
        this.options = options;
        this.chats = chats;
        this.calls = calls;
        this.attachments = attachments;
    }

    List<ControlRoute> routes() {
        return List.of(
                ControlRoute.get("/_agent/chats", this::list),
                ControlRoute.get(
                        "/_agent/chats/{contactId}", context -> Json.answer(context, 200, toJson(chat(context)))),
                ControlRoute.post("/_agent/chats/{contactId}/join", this::join),
                ControlRoute.post("/_agent/chats/{contactId}/messages", this::say),
                ControlRoute.post("/_agent/chats/{contactId}/attachments", this::attach),
                ControlRoute.get("/_agent/chats/{contactId}/attachments/{attachmentId}", this::fetch),
                ControlRoute.post("/_agent/chats/{contactId}/typing", this::type),
                ControlRoute.post("/_agent/chats/{contactId}/barge", this::bargeIn),
                ControlRoute.post("/_agent/chats/{contactId}/transfer", this::transfer),
                ControlRoute.post("/_agent/chats/{contactId}/end", this::end),
                ControlRoute.get("/_agent/calls", context -> Json.answer(context, 200, calls.toJson())));
    }

    private void list(Context context) {
        ArrayNode array = Json.array();
        chats.all().forEach(chat -> array.add(toJson(chat)));
        Json.answer(context, 200, array);
    }

    private void join(Context context) {
        String name = ControlBody.of(context).optionalText("name").orElse("Agent");
        act(context, chat -> {
            chat.agentJoins(name);
            return toJson(chat);
        });
    }

    private void say(Context context) {
        ControlBody body = ControlBody.of(context);
        String text = body.text("text");
        String type = body.optionalText("contentType").orElse(ContentTypes.TEXT);
        boolean supervisor = body.flag("supervisor");
        Said.Visibility visibility = body.choice("visibility", Said.Visibility.class, Said.Visibility.ALL);
        if (text.length() > 16_384) {
            throw ControlException.badRequest("'text' must not be longer than 16384 characters");
        }
        act(context, chat -> {
            if (!chat.opening().contentTypes().contains(type)) {
                throw ControlException.badRequest(
                        "this contact supports " + chat.opening().contentTypes());
            }
            Function<Participant, Said> words = by -> Said.message(by, type, text, visibility);
            TranscriptItem item = supervisor ? chat.supervisorSays(words) : chat.agentSays(words);
            return Json.object().put("id", item.id());
        });
    }

    private void attach(Context context) {
        String name = Optional.ofNullable(context.queryParam("name"))
                .orElseThrow(() -> ControlException.badRequest("the query parameter 'name' is required"));
        String type = Optional.ofNullable(context.contentType()).orElse("application/octet-stream");
        byte[] content = context.bodyAsBytes();
        if (content.length == 0 || content.length > AttachmentApi.MOST_BYTES) {
            throw ControlException.badRequest("the body must be a file of 1 byte to 20 MB");
        }
        act(context, chat -> {
            TranscriptItem item = attachments.attachFromAgent(chat, name, type, content);
            return Json.object().put("id", item.id());
        });
    }

    private void fetch(Context context) {
        String id = context.pathParam("attachmentId");
        AttachmentShelf.File file = attachments
                .find(chat(context), id)
                .orElseThrow(() -> ControlException.notFound("no attachment '%s'".formatted(id)));
        context.contentType(file.contentType()).result(attachments.content(file));
    }

    private void type(Context context) {
        act(context, chat -> {
            TranscriptItem item = chat.agentSays(agent -> Said.event(agent, ContentTypes.TYPING));
            return Json.object().put("id", item.id());
        });
    }

    private void bargeIn(Context context) {
        String name = ControlBody.of(context).optionalText("name").orElse("Supervisor");
        act(context, chat -> {
            chat.bargeIn(name);
            return toJson(chat);
        });
    }

    private void transfer(Context context) {
        String name = ControlBody.of(context).optionalText("name").orElse("Second agent");
        act(context, chat -> {
            chat.transfer(name);
            return toJson(chat);
        });
    }

    private void end(Context context) {
        act(context, chat -> {
            chat.agentEnds();
            return toJson(chat);
        });
    }

    private void act(Context context, Function<Chat, ObjectNode> action) {
        try {
            Json.answer(context, 200, action.apply(chat(context)));
        } catch (IllegalStateException notNow) {
            throw ControlException.badRequest(String.valueOf(notNow.getMessage()));
        }
    }

    private Chat chat(Context context) {
        String contactId = context.pathParam("contactId");
        return chats.find(contactId)
                .orElseThrow(() -> ControlException.notFound("no contact '%s'".formatted(contactId)));
    }

    private ObjectNode toJson(Chat chat) {
        Chat.Snapshot now = chat.snapshot();
        ObjectNode json = Json.object()
                .put("contactId", now.contactId())
                .put("initialContactId", now.opening().contactId())
                .put("instanceId", options.instanceId())
                .put("contactFlowId", now.opening().flowId())
                .put("customer", now.opening().customer().displayName())
                .put("state", now.state().name());
        switch (now.state()) {
            case ChatState.Ended ended ->
                json.put("disconnectReason", ended.reason().name());
            case ChatState.WithAgent with -> json.put("agent", with.agent().displayName());
            case ChatState.Created _, ChatState.Queued _, ChatState.InDisconnectFlow _ -> {}
        }
        Participant supervisor = now.supervisor();
        if (supervisor != null) {
            json.put("supervisor", supervisor.displayName());
        }
        if (now.continuedFrom() != null) {
            json.put("continuedFrom", now.continuedFrom());
        }
        ObjectNode attributes = json.putObject("attributes");
        now.attributes().forEach(attributes::put);
        ObjectNode timers = json.putObject("timers");
        now.timers().forEach((timer, minutes) -> timers.put(timer.role() + " " + timer.type(), minutes));
        ArrayNode transcript = json.putArray("transcript");
        now.transcript().forEach(item -> transcript.add(TranscriptJson.forPeople(item)));
        return json;
    }
}

package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.standins.http.Json;

/// Groups of numbers.
final class GroupBook implements BusinessEdges.Nodes {
    private static final int MOST = 10_000;

    private record Group(String number, ObjectNode json, List<String> requests) {}

    private final InstantSource clock;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private int last;

    GroupBook(InstantSource clock) {
        this.clock = clock;
    }

    void register(BusinessEdges edges) {
        edges.add(this);
        edges.on("POST", "groups", BusinessEdges.MESSAGING, this::create);
        edges.on(
                "GET",
                "groups",
                BusinessEdges.MESSAGING,
                call -> call.page(groups.values().stream()
                        .filter(each -> each.number().equals(call.node()))
                        .map(each -> call.fields(each.json(), "id", "subject", "creation_timestamp"))
                        .toList()));
        edges.on("GET", "invite_link", BusinessEdges.MESSAGING, call -> link(require(call.node())));
        edges.on("POST", "invite_link", BusinessEdges.MESSAGING, call -> {
            Group group = require(call.node());
            group.json().put("invite_link", "https://chat.whatsapp.com/LULL" + ++last);
            return link(group);
        });
        edges.on("DELETE", "participants", BusinessEdges.MESSAGING, this::remove);
        edges.on(
                "GET",
                "join_requests",
                BusinessEdges.MESSAGING,
                call -> call.page(require(call.node()).requests().stream()
                        .map(id -> Json.object().put("join_request_id", id).put("wa_id", "15550001009"))
                        .toList()));
        edges.on("POST", "join_requests", BusinessEdges.MESSAGING, call -> decide(call, "approved_join_requests"));
        edges.on("DELETE", "join_requests", BusinessEdges.MESSAGING, call -> decide(call, "rejected_join_requests"));
    }

    @Override
    public boolean has(String id) {
        return groups.containsKey(id);
    }

    @Override
    public ObjectNode answer(BusinessCall call) {
        Group group = require(call.node());
        return switch (call.method()) {
            case "GET" -> call.fields(group.json());
            case "POST" -> {
                call.optional("subject", 128).ifPresent(text -> group.json().put("subject", text));
                call.optional("description", 2_048)
                        .ifPresent(text -> group.json().put("description", text));
                yield Json.object().put("request_id", "request-" + ++last);
            }
            default -> {
                groups.remove(call.node());
                yield BusinessCall.success();
            }
        };
    }

    private Group require(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw GraphException.of(131041, "Group is unknown", "There is no such group.");
        }
        return group;
    }

    private static ObjectNode link(Group group) {
        return Json.object()
                .put("messaging_product", "whatsapp")
                .put("invite_link", group.json().path("invite_link").asText());
    }

    private ObjectNode create(BusinessCall call) {
        call.requireProduct();
        String subject = call.required("subject", 128);
        call.optional("description", 2_048);
        String mode = call.has("join_approval_mode")
                ? call.word("join_approval_mode", "auto_approve", "approval_required")
                : "auto_approve";
        if (groups.values().stream()
                        .filter(each -> each.number().equals(call.node()))
                        .count()
                >= MOST) {
            throw GraphException.of(131211, "Group limit", "A number can have 10000 groups.");
        }
        String id = "Y2FwaV9ncm91cDox" + ++last;
        ObjectNode group = Json.object()
                .put("id", id)
                .put("subject", subject)
                .put("description", call.text("description"))
                .put("join_approval_mode", mode)
                .put("suspended", false)
                .put("total_participant_count", 1)
                .put("creation_timestamp", clock.instant().getEpochSecond())
                .put("invite_link", "https://chat.whatsapp.com/LULL" + last);
        group.putArray("participants").addObject().put("wa_id", "15550001001");
        List<String> requests = new ArrayList<>();
        if (mode.equals("approval_required")) {
            requests.add("join-" + last);
        }
        groups.put(id, new Group(call.node(), group, requests));
        return Json.object().put("request_id", "request-" + last);
    }

    private ObjectNode remove(BusinessCall call) {
        ArrayNode there = (ArrayNode) require(call.node()).json().path("participants");
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        ArrayNode removed = answer.putArray("removed_participants");
        for (ObjectNode each : call.objects("participants", 1, 8)) {
            String user = each.path("user").asText(each.path("user_id").asText(""));
            boolean wasThere = false;
            for (int i = there.size() - 1; i >= 0; i--) {
                if (there.get(i).path("wa_id").asText().equals(user)) {
                    there.remove(i);
                    wasThere = true;
                }
            }
            if (!wasThere) {
                throw GraphException.of(131212, "Participant is unknown", "This user is not in the group.");
            }
            removed.addObject().put("user", user);
        }
        return answer;
    }

    private ObjectNode decide(BusinessCall call, String done) {
        Group group = require(call.node());
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        ArrayNode decided = answer.putArray(done);
        ArrayNode failed = answer.putArray("failed_join_requests");
        call.tree("join_requests").forEach(each -> {
            if (group.requests().remove(each.asText())) {
                decided.add(each.asText());
            } else {
                failed.addObject()
                        .put("join_request_id", each.asText())
                        .putArray("errors")
                        .addObject()
                        .put("code", 131213);
            }
        });
        return answer;
    }
}

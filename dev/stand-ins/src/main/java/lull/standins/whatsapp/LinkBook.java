package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.standins.http.Json;

/// Short links and QR codes of numbers.
final class LinkBook {
    private static final int MOST = 2_000;
    private static final int LONGEST = 140;

    private final Map<String, Map<String, ObjectNode>> links = new HashMap<>();
    private int last;

    void register(BusinessEdges edges) {
        edges.on("POST", "message_qrdls", BusinessEdges.MANAGEMENT, this::save);
        edges.on("GET", "message_qrdls", BusinessEdges.MANAGEMENT, this::list);
        edges.on("GET", "message_qrdls/*", BusinessEdges.MANAGEMENT, call -> {
            ObjectNode answer = Json.object();
            answer.putArray("data").add(find(call).deepCopy().without("qr_image_url"));
            return answer;
        });
        edges.on("DELETE", "message_qrdls/*", BusinessEdges.MANAGEMENT, call -> {
            find(call);
            of(call.node()).remove(call.edge().getLast());
            return BusinessCall.success();
        });
    }

    private Map<String, ObjectNode> of(String number) {
        return links.computeIfAbsent(number, _ -> new LinkedHashMap<>());
    }

    private ObjectNode find(BusinessCall call) {
        ObjectNode link = of(call.node()).get(call.edge().getLast());
        if (link == null) {
            throw GraphException.noSuchObject(call.edge().getLast());
        }
        return link;
    }

    private ObjectNode save(BusinessCall call) {
        String message = call.required("prefilled_message", LONGEST);
        String code = call.text("code");
        if (!code.isEmpty() && !of(call.node()).containsKey(code)) {
            throw GraphException.noSuchObject(code);
        }
        if (code.isEmpty() && of(call.node()).size() >= MOST) {
            throw GraphException.invalid("A number can have at most 2000 message links.");
        }
        String id = code.isEmpty() ? "LULL" + "%010d".formatted(++last) : code;
        ObjectNode link = Json.object()
                .put("code", id)
                .put("prefilled_message", message)
                .put("deep_link_url", "https://wa.me/message/" + id);
        of(call.node()).put(id, link);
        return call.has("generate_qr_image")
                ? link.deepCopy().put("qr_image_url", image(id, call.word("generate_qr_image", "SVG", "PNG")))
                : link;
    }

    private ObjectNode list(BusinessCall call) {
        Matcher form = Pattern.compile("qr_image_url\\.format\\((SVG|PNG)\\)").matcher(call.text("fields"));
        boolean hasImage = form.find();
        return call.page(of(call.node()).values().stream()
                .map(link -> hasImage
                        ? link.deepCopy()
                                .put("qr_image_url", image(link.path("code").asText(), form.group(1)))
                        : link)
                .toList());
    }

    private static String image(String code, String form) {
        return "https://scontent.example/" + code + "." + form.toLowerCase(Locale.ROOT);
    }
}

package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import lull.standins.http.Json;

/// Uploads of samples and pictures, which end with a handle.
final class UploadBook implements BusinessEdges.Nodes {
    private static final Set<String> TYPES =
            Set.of("application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4");

    private final Map<String, Integer> lengths = new HashMap<>();
    private final Set<String> handles = ConcurrentHashMap.newKeySet();

    void register(BusinessEdges edges) {
        edges.add(this);
        edges.on("POST", "uploads", BusinessEdges.MANAGEMENT, this::begin);
    }

    @Override
    public boolean has(String id) {
        return lengths.containsKey(id);
    }

    @Override
    public ObjectNode answer(BusinessCall call) {
        int length = lengths.getOrDefault(call.node(), 0);
        if (call.method().equals("GET")) {
            return Json.object().put("id", call.node()).put("file_offset", 0);
        }
        if (call.body().length != length) {
            throw GraphException.invalid("The file has %d bytes, not %d.".formatted(call.body().length, length));
        }
        String handle = "4::aW1hZ2U=:" + call.node().substring("upload:".length());
        handles.add(handle);
        return Json.object().put("h", handle);
    }

    /// Refuses what is no handle of an upload.
    void require(String handle) {
        if (!handles.contains(handle)) {
            throw GraphException.invalid("The handle is not valid: a media id is none.");
        }
    }

    private ObjectNode begin(BusinessCall call) {
        int length = call.whole("file_length", 1, 100 << 20);
        if (!TYPES.contains(call.required("file_type", 100))) {
            throw GraphException.invalid("Param file_type must be one of " + TYPES + ".");
        }
        call.required("file_name", 240);
        String id = "upload:" + UUID.randomUUID().toString().replace("-", "");
        lengths.put(id, length);
        return Json.object().put("id", id);
    }
}

package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The business side of the Graph API: state that some calls change and others read. Each book registers the edges
/// of its category, with the permission that a token needs for it.
final class BusinessEdges {
    static final String MESSAGING = "whatsapp_business_messaging";
    static final String MANAGEMENT = "whatsapp_business_management";
    static final String CATALOGS = "catalog_management";

    private static final int NEWEST = 27;

    /// The newest version that Meta has switched off.
    private static final int ENDED = 20;

    private record Edge(String permission, Function<BusinessCall, ObjectNode> handler) {}

    /// Objects with ids of their own.
    interface Nodes {
        boolean has(String id);

        ObjectNode answer(BusinessCall call);
    }

    private final Map<String, Edge> edges = new HashMap<>();
    private final List<Nodes> nodes = new ArrayList<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    /// Adds an edge.
    ///
    /// @param path such as `message_qrdls/*`, in which `*` stands for anything
    void on(String method, String path, String permission, Function<BusinessCall, ObjectNode> handler) {
        edges.put(method + " " + path, new Edge(permission, handler));
    }

    void add(Nodes more) {
        nodes.add(more);
    }

    /// Takes a permission away from the token, or gives it back.
    void permit(String permission, boolean isPermitted) {
        if (isPermitted) {
            revoked.remove(permission);
        } else {
            revoked.add(permission);
        }
    }

    /// Whether an id is that of an object with a state.
    boolean has(String id) {
        return nodes.stream().anyMatch(each -> each.has(id));
    }

    boolean hasEdge(String method, List<String> path) {
        return find(method, path).isPresent();
    }

    /// Answers one call at a time, so that books need no locks.
    synchronized ObjectNode answer(BusinessCall call) {
        if (call.version() > NEWEST || call.version() <= ENDED) {
            throw new GraphException(
                    400,
                    2500,
                    "Unknown path components: /v%d.0".formatted(call.version()),
                    "The version does not exist.");
        }
        if (call.edge().isEmpty()) {
            Nodes owner = nodes.stream()
                    .filter(each -> each.has(call.node()))
                    .findFirst()
                    .orElseThrow(() -> GraphException.noSuchObject(call.node()));
            require(MANAGEMENT);
            return owner.answer(call);
        }
        Edge edge = find(call.method(), call.edge())
                .orElseThrow(() -> GraphException.unknownPath("/" + String.join("/", call.edge())));
        require(edge.permission());
        return edge.handler().apply(call);
    }

    private void require(String permission) {
        if (revoked.contains(permission)) {
            throw new GraphException(
                    403,
                    200,
                    "(#200) You do not have the necessary permissions",
                    "The token lacks " + permission + ".");
        }
    }

    private Optional<Edge> find(String method, List<String> path) {
        String exact = method + " " + String.join("/", path);
        if (edges.containsKey(exact)) {
            return Optional.of(edges.get(exact));
        }
        if (path.size() == 2) {
            return Optional.ofNullable(edges.get(method + " " + path.getFirst() + "/*"));
        }
        return path.size() == 3
                ? Optional.ofNullable(edges.get(method + " " + path.getFirst() + "/*/*"))
                : Optional.empty();
    }
}

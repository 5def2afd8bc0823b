package lull.local.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/// Kafka's own authorizer, which also remembers what was asked of it and how it answered. A broker makes it by its
/// name, so what it remembers is of the whole JVM.
public final class RecordingAuthorizer extends StandardAuthorizer {

    private static final Set<Request> REQUESTS = ConcurrentHashMap.newKeySet();

    /// Those of the broker and of the controller.
    private static final Set<RecordingAuthorizer> ALL = ConcurrentHashMap.newKeySet();

    /// Made by a broker.
    public RecordingAuthorizer() {
        ALL.add(this);
    }

    /// A right that a client has asked for.
    ///
    /// @param user without `User:`
    /// @param told whether Kafka itself would log a refusal: what a client only asks to see what it may do is not
    public record Request(
            String user, ResourceType type, String name, AclOperation operation, boolean allowed, boolean told) {}

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        List<Request> asked = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            asked.add(new Request(
                    context.principal().getName(),
                    action.resourcePattern().resourceType(),
                    action.resourcePattern().name(),
                    action.operation(),
                    results.get(i) == AuthorizationResult.ALLOWED,
                    action.logIfDenied()));
        }
        REQUESTS.addAll(asked);
        return results;
    }

    /// All that was asked so far.
    static List<Request> requests() {
        return List.copyOf(REQUESTS);
    }

    /// Whether each of them knows this grant, or none does, which is so a moment after it was changed.
    static boolean agreeThat(AclBinding grant, boolean isThere) {
        return ALL.stream()
                .allMatch(one -> one.acls(grant.toFilter()).iterator().hasNext() == isThere);
    }

    static void forget() {
        ALL.clear();
        REQUESTS.clear();
    }
}

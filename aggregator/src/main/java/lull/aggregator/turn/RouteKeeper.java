package lull.aggregator.turn;

import java.util.SortedMap;
import lull.aggregator.route.RoutesInForce;
import lull.aggregator.route.RoutingPolicy;
import lull.contract.ConversationKey;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.turn.TurnRoute;
import org.jspecify.annotations.Nullable;

/// Rules of a partition for where a turn goes, and which behaviours are switched. What setting
/// records have set is kept in the duplicates' store, and memory holds only what [#restore()] reads
/// again. Used by one thread.
final class RouteKeeper {

    /// The key of the routes in the duplicates' store. A business number of WhatsApp has digits only, so no
    /// conversation has this key.
    static final String KEY = "routes~";

    private final RoutingPolicy policy;
    private final TurnStore store;
    private RoutesInForce routes = RoutesInForce.CONFIGURED;

    /// @param store the duplicates' store
    RouteKeeper(RoutingPolicy policy, TurnStore store) {
        this.policy = policy;
        this.store = store;
    }

    /// Reads the routes again.
    void restore() {
        routes = RoutesInForce.of(store.get(KEY));
    }

    void change(RouteSetting setting) {
        routes = RoutesInForce.of(setting);
        store.put(KEY, routes.toBytes());
    }

    RoutesInForce inForce() {
        return routes;
    }

    /// Returns where a turn goes; null if no rule says so, and it goes to Amazon Connect. It also goes there
    /// if the destination of its rule is not configured.
    ///
    /// @param app the app of its last message
    @Nullable
    TurnRoute route(ConversationKey conversation, String app) {
        Route rule = routes.rule(policy, conversation, app);
        return rule == null
                ? null
                : new TurnRoute(rule.name(), policy.isKnown(rule.destination()) ? rule.destination() : Route.CONNECT);
    }

    /// Whether the destination of an open turn is to be told of it already.
    ///
    /// @param app the app of its last message
    /// @param probability of another message
    boolean isEarly(ConversationKey conversation, String app, double probability) {
        if (policy.early().isEmpty()) {
            return false;
        }
        TurnRoute route = route(conversation, app);
        Double most = route == null ? null : policy.early().get(route.destination());
        return most != null && probability <= most;
    }

    /// Returns the flags that operators have switched for a conversation.
    SortedMap<String, Boolean> flags(ConversationKey conversation) {
        return routes.flags(conversation);
    }

    /// Whether the messages of a conversation wait for one another.
    boolean gathers(ConversationKey conversation) {
        return routes.gathers(conversation);
    }

    /// Returns the event that a turn with this route does not go where its rule says; null if it does.
    TurnEvent.@Nullable Misrouted misrouted(@Nullable TurnRoute route) {
        if (route == null || !route.destination().equals(Route.CONNECT)) {
            return null;
        }
        for (Route rule : routes.rules(policy)) {
            if (rule.name().equals(route.rule()) && !policy.isKnown(rule.destination())) {
                return new TurnEvent.Misrouted(rule.name(), rule.destination());
            }
        }
        return null;
    }
}

package lull.whatsapp.action.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.UnavailableAction;
import lull.whatsapp.action.account.AccountActions;
import lull.whatsapp.action.analytics.AnalyticsActions;
import lull.whatsapp.action.automation.AutomationActions;
import lull.whatsapp.action.blocking.BlockingActions;
import lull.whatsapp.action.calling.CallingActions;
import lull.whatsapp.action.catalog.CatalogActions;
import lull.whatsapp.action.eum.EumActions;
import lull.whatsapp.action.flow.FlowActions;
import lull.whatsapp.action.group.GroupActions;
import lull.whatsapp.action.link.LinkActions;
import lull.whatsapp.action.marketing.MarketingActions;
import lull.whatsapp.action.media.MediaActions;
import lull.whatsapp.action.messaging.MessagingActions;
import lull.whatsapp.action.number.NumberActions;
import lull.whatsapp.action.payment.PaymentActions;
import lull.whatsapp.action.profile.ProfileActions;
import lull.whatsapp.action.quality.QualityActions;
import lull.whatsapp.action.template.TemplateActions;

/// All actions by name, and those that no provider has. Doors, pages and the command line read it.
public final class Actions {

    private static final Map<String, Action> BY_NAME = byName(Stream.of(
            MessagingActions.ALL,
            MediaActions.ALL,
            TemplateActions.ALL,
            ProfileActions.ALL,
            BlockingActions.ALL,
            LinkActions.ALL,
            NumberActions.ALL,
            AccountActions.ALL,
            FlowActions.ALL,
            GroupActions.ALL,
            CallingActions.ALL,
            CatalogActions.ALL,
            PaymentActions.ALL,
            AutomationActions.ALL,
            MarketingActions.ALL,
            AnalyticsActions.ALL,
            QualityActions.ALL,
            EumActions.ALL));

    private Actions() {}

    /// All actions, by category and then by name.
    public static List<Action> all() {
        return BY_NAME.values().stream()
                .sorted(Comparator.comparing(
                                (Action action) -> action.descriptor().category())
                        .thenComparing(action -> action.descriptor().name()))
                .toList();
    }

    /// Returns the action of a name; empty if there is none.
    public static Optional<Action> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// Returns an action that no provider has; empty if the name is unknown.
    public static Optional<UnavailableAction> unavailable(String name) {
        return Unavailable.ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// The actions that one might look for, and that no provider has.
    public static List<UnavailableAction> unavailable() {
        return Unavailable.ALL;
    }

    /// Returns the list of all actions for programs.
    public static ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode actions = json.putArray("actions");
        all().forEach(action ->
                actions.add(action.descriptor().json().without(List.of("parameters", "rules", "schema", "example"))));
        ArrayNode unavailable = json.putArray("unavailable");
        Unavailable.ALL.forEach(each -> unavailable
                .addObject()
                .put("name", each.name())
                .put("category", each.category().word())
                .put("reason", each.reason()));
        return json;
    }

    /// The names of all actions.
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    private static Map<String, Action> byName(Stream<List<Action>> lists) {
        Map<String, Action> all = new TreeMap<>();
        lists.flatMap(List::stream).forEach(action -> {
            if (all.put(action.descriptor().name(), action) != null) {
                throw new IllegalStateException(
                        "Two actions are named " + action.descriptor().name());
            }
        });
        return all;
    }
}

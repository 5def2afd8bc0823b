package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import lull.whatsapp.action.ActionRule;

/// Rule that no two elements of a list have the same value of a member.
final class Unique {

    private Unique() {}

    static ActionRule of(String list, String member) {
        return ActionRule.holds("each " + member + " of " + list + " must be unique", given -> {
            Set<String> known = new HashSet<>();
            for (JsonNode element : given.path(list)) {
                if (!known.add(element.path(member).asText())) {
                    return false;
                }
            }
            return true;
        });
    }
}

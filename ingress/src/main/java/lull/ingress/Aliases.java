package lull.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.message.CustomerAlias;
import lull.contract.message.Message;

/// Finds out which ids of customers have changed.
final class Aliases {

    /// How WhatsApp words it for people; the only place where it tells the old user id of a system message.
    private static final Pattern CHANGE = Pattern.compile("changed from (\\S+) to (\\S+)");

    private Aliases() {}

    /// What a system message says: a new phone number, a new user id, or both.
    static List<CustomerAlias> of(Message message) {
        JsonNode notice = message.raw().path("system");
        if (!message.raw().path("type").asText().equals("system") || !notice.isObject()) {
            return List.of();
        }
        List<CustomerAlias> aliases = new ArrayList<>();
        Optional<String> newPhone = Texts.of(notice, "wa_id").or(() -> Texts.of(notice, "new_wa_id"));
        Optional<String> newUser = Texts.of(notice, "user_id");
        newPhone.flatMap(id -> alias(Optional.ofNullable(message.customer().phone()), id, notice, message))
                .ifPresent(aliases::add);
        newUser.flatMap(id -> alias(Optional.ofNullable(message.customer().userId()), id, notice, message))
                .ifPresent(aliases::add);
        return aliases;
    }

    /// What a change of the field `user_id_update` says, wherever in it the pairs of ids are.
    static List<CustomerAlias> of(JsonNode value, String businessNumber, String digest, Instant receivedAt) {
        List<CustomerAlias> aliases = new ArrayList<>();
        for (JsonNode parent : value.findParents("user_id")) {
            JsonNode pair = parent.path("user_id");
            Optional<String> previous = Texts.of(pair, "previous");
            Optional<String> current = Texts.of(pair, "current");
            if (previous.isPresent() && current.isPresent() && !previous.equals(current)) {
                aliases.add(new CustomerAlias(previous.get(), current.get(), businessNumber, digest, receivedAt));
            }
        }
        return aliases;
    }

    private static Optional<CustomerAlias> alias(
            Optional<String> sender, String newId, JsonNode notice, Message message) {
        return sender.filter(old -> !old.equals(newId))
                .or(() -> worded(notice, newId))
                .map(old -> new CustomerAlias(
                        old, newId, message.business().phoneNumberId(), message.id(), message.receivedAt()));
    }

    private static Optional<String> worded(JsonNode notice, String newId) {
        Matcher change = CHANGE.matcher(notice.path("body").asText());
        return change.find()
                        && change.group(2).equals(newId)
                        && !change.group(1).equals(newId)
                ? Optional.of(change.group(1))
                : Optional.empty();
    }
}

package lull.whatsapp.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import lull.contract.json.Timestamps;
import lull.contract.message.AccountEvent;
import org.jspecify.annotations.Nullable;

/// View of an event from which facts are built. Used by one thread.
final class EventReader {

    /// How long something that happened once is shown as a problem.
    static final Duration ONCE = Duration.ofDays(1);

    private static final int LONGEST = 500;

    private final AccountEvent event;

    EventReader(AccountEvent event) {
        this.event = event;
    }

    /// The value of the change.
    JsonNode value() {
        return event.raw().path("value");
    }

    String field() {
        return event.field();
    }

    /// The account, or `unknown`.
    String account() {
        String id = event.accountId();
        return id == null || id.isBlank() ? "unknown" : id;
    }

    /// When it happened.
    Instant at() {
        Instant at = event.at();
        // A clock of WhatsApp that is ahead must not make later facts look older.
        return at == null || at.isAfter(event.receivedAt()) ? event.receivedAt() : at;
    }

    /// When something that happened once is no longer shown as a problem.
    Instant shownUntil() {
        return at().plus(ONCE);
    }

    Builder fact(Subject subject, String id) {
        return new Builder(subject, id);
    }

    /// Returns a member as text, and a number as its digits; empty if there is none.
    static String text(JsonNode object, String member) {
        JsonNode node = object.path(member);
        String text = node.isValueNode() && !node.isNull() ? node.asText().strip() : "";
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /// Returns the first of some members that has a text; empty if none has.
    static String firstText(JsonNode object, String... members) {
        for (String member : members) {
            String text = text(object, member);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /// Returns a member in seconds since 1970 as a time; empty if it is none.
    static Optional<Instant> seconds(JsonNode object, String member) {
        return Timestamps.ofEpochSecond(text(object, member));
    }

    /// Builder of a fact of the event.
    final class Builder {

        private final Subject subject;
        private final String id;
        private @Nullable String name;
        private @Nullable String language;
        private String aspect = "status";
        private @Nullable String of;
        private String value = "";
        private @Nullable String detail;
        private Urgency urgency = Urgency.NOTICE;
        private @Nullable Instant until;
        private Instant at = EventReader.this.at();

        private Builder(Subject subject, String id) {
            this.subject = subject;
            this.id = id.isEmpty() ? "unknown" : id;
        }

        Builder name(String name) {
            this.name = orNull(name);
            return this;
        }

        Builder language(String language) {
            this.language = orNull(language);
            return this;
        }

        Builder is(String aspect, String value) {
            this.aspect = aspect;
            this.value = value.isEmpty() ? "UNKNOWN" : value;
            return this;
        }

        Builder of(String which) {
            this.of = orNull(which);
            return this;
        }

        Builder detail(String detail) {
            // WhatsApp writes "NONE" where there is no reason.
            this.detail = detail.equals("NONE") ? null : orNull(detail);
            return this;
        }

        Builder urgency(Urgency urgency) {
            this.urgency = urgency;
            return this;
        }

        Builder until(@Nullable Instant until) {
            this.until = until;
            return this;
        }

        Builder at(Instant at) {
            this.at = at;
            return this;
        }

        AccountFact build() {
            return new AccountFact(
                    subject,
                    id,
                    name,
                    language,
                    aspect,
                    of,
                    value,
                    detail,
                    urgency,
                    until,
                    event.accountId(),
                    event.field(),
                    at);
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }
}

package lull.contract.account;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.Masking;
import org.jspecify.annotations.Nullable;

/// One thing that WhatsApp has said last about an account, number, template, flow or customer: the values of
/// `whatsapp.account`, keyed by [#key()], so that the topic keeps the present state of everything. Immutable.
///
/// A fact holds until the next one with its key, or until [#until()].
///
/// @param id WhatsApp's id of the subject, or the display phone number if it gives only that; of customers
///     `BUSINESS_NUMBER|CUSTOMER`
/// @param name a name for people: that of a template, or the display phone number
/// @param language of a template, as WhatsApp writes it
/// @param aspect which side of the subject, such as `status` or `quality`
/// @param of which one, of an aspect that a subject can have several of, such as restrictions
/// @param value what it is now, in WhatsApp's word
/// @param detail why, or what it was before, as WhatsApp says it
/// @param until when it ends by itself
/// @param accountId the WhatsApp Business Account
/// @param field the field of the webhook that said so
/// @param at when it happened; when it was received, if WhatsApp did not say
public record AccountFact(
        Subject subject,
        String id,
        @Nullable String name,
        @Nullable String language,
        String aspect,
        @Nullable String of,
        String value,
        @Nullable String detail,
        Urgency urgency,
        @Nullable Instant until,
        @Nullable String accountId,
        String field,
        Instant at) {

    /// The key of its record.
    public String key() {
        return Stream.of(subject.word(), accountId == null ? "" : accountId, id, aspect, of == null ? "" : of)
                .map(part -> part.replace("/", "_"))
                .collect(Collectors.joining("/"));
    }

    /// Whether it is a problem at a time.
    public boolean isProblemAt(Instant now) {
        return urgency.isProblem() && !isOverAt(now);
    }

    /// Whether it has ended by itself at a time.
    public boolean isOverAt(Instant now) {
        return until != null && !now.isBefore(until);
    }

    @Override
    public String toString() {
        return "AccountFact[" + subject.word() + " " + (subject == Subject.CUSTOMER ? Masking.masked(id) : id) + ": "
                + aspect + " " + value + "]";
    }
}

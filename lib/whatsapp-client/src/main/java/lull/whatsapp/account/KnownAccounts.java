package lull.whatsapp.account;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// Cache of `whatsapp.account`: what is known of accounts, numbers, templates and customers' wishes. Safe for several
/// threads.
public final class KnownAccounts {

    private static final String STATUS = "status";
    private static final String CATEGORY = "category";
    private static final String MARKETING = "MARKETING";
    private static final String MARKETING_MESSAGES = "marketing_messages";
    private static final String STOP = "STOP";

    /// The words for templates that WhatsApp sends.
    private static final List<String> SENDABLE = List.of("APPROVED", "REINSTATED", "UNARCHIVED", "FLAGGED", "UNKNOWN");

    /// All but customers' wishes, of which there may be many.
    private final Map<String, AccountFact> facts = new ConcurrentHashMap<>();

    private final Map<String, AccountFact> wishes = new ConcurrentHashMap<>();

    /// Facts of templates by name, language and aspect; the same template may exist in several accounts.
    private final Map<String, Map<String, AccountFact>> templates = new ConcurrentHashMap<>();

    /// Wishes by business number, customer and category.
    private final Map<String, AccountFact> preferences = new ConcurrentHashMap<>();

    /// Reads a record of the topic; a [lull.runtime.kafka.TopicFollower] delivers them.
    ///
    /// @param value absent: the record is deleted
    public void take(String key, byte @Nullable [] value, long offset) throws UnreadableJson {
        if (value == null) {
            forget(key);
        } else {
            apply(Json.read(value, AccountFact.class));
        }
    }

    /// Applies a fact, unless a later one is known: partitions are not read in the order of their records.
    public synchronized void apply(AccountFact fact) {
        if (of(fact).filter(known -> fact.at().isBefore(known.at())).isPresent()) {
            return;
        }
        if (fact.subject() == Subject.CUSTOMER) {
            wishes.put(fact.key(), fact);
            preferences.put(preference(fact.id(), fact.of()), fact);
        } else {
            facts.put(fact.key(), fact);
            index(fact.key(), fact, false);
        }
    }

    /// Forgets the fact with a key.
    synchronized void forget(String key) {
        AccountFact wish = wishes.remove(key);
        if (wish != null) {
            preferences.remove(preference(wish.id(), wish.of()));
        }
        AccountFact fact = facts.remove(key);
        if (fact != null) {
            index(key, fact, true);
        }
    }

    private void index(String key, AccountFact fact, boolean isDeleted) {
        String name = fact.name();
        if (fact.subject() == Subject.TEMPLATE && name != null) {
            templates.compute(template(name, fact.language(), fact.aspect()), (_, of) -> {
                Map<String, AccountFact> all = of == null ? new ConcurrentHashMap<>() : of;
                if (isDeleted) {
                    all.remove(key);
                } else {
                    all.put(key, fact);
                }
                return all.isEmpty() ? null : all;
            });
        }
    }

    /// Returns the fact that is known in place of another one.
    public Optional<AccountFact> of(AccountFact fact) {
        return Optional.ofNullable((fact.subject() == Subject.CUSTOMER ? wishes : facts).get(fact.key()));
    }

    /// Returns everything that is known but customers' wishes, the most urgent problems first. What has ended by itself
    /// is left out.
    public List<AccountFact> all(Instant now) {
        return facts.values().stream()
                .filter(fact -> !fact.isOverAt(now))
                .sorted(Comparator.comparing(AccountFact::urgency)
                        .thenComparing(AccountFact::subject)
                        .thenComparing(AccountFact::key))
                .toList();
    }

    /// Returns how many customers want no marketing messages, by any of their ids.
    public long unwanting() {
        return preferences.values().stream()
                .filter(fact ->
                        MARKETING_MESSAGES.equals(fact.of()) && fact.value().equals(STOP))
                .count();
    }

    /// Returns how many problems of an urgency there are.
    public long problems(Urgency urgency, Instant now) {
        return facts.values().stream()
                .filter(fact -> fact.urgency() == urgency && fact.isProblemAt(now))
                .count();
    }

    /// Whether WhatsApp is known not to send a template at a time in any account that has it.
    ///
    /// @param language WhatsApp's code of it, such as `en_US`
    public boolean isUnusable(String name, String language, Instant now) {
        Collection<AccountFact> known = known(name, language, STATUS);
        return !known.isEmpty()
                && known.stream().noneMatch(fact -> fact.isOverAt(now) || SENDABLE.contains(fact.value()));
    }

    /// Whether a reply is a template for marketing, and its customer has told WhatsApp not to send such.
    public boolean isUnwanted(Reply reply) {
        return reply.content() instanceof ReplyContent.Template template
                && isMarketing(template)
                && ids(reply.customer(), reply.conversation().customer())
                        .map(id -> preferences.get(
                                preference(reply.conversation().businessNumber() + "|" + id, MARKETING_MESSAGES)))
                        .anyMatch(fact -> fact != null && fact.value().equals(STOP));
    }

    private boolean isMarketing(ReplyContent.Template template) {
        Collection<AccountFact> known = known(template.name(), template.language(), CATEGORY);
        return !known.isEmpty() && known.stream().allMatch(fact -> fact.value().equalsIgnoreCase(MARKETING));
    }

    private Collection<AccountFact> known(String name, String language, String aspect) {
        return templates
                .getOrDefault(template(name, language, aspect), Map.of())
                .values();
    }

    private static Stream<String> ids(Customer customer, String conversationCustomer) {
        return Stream.of(
                        Optional.ofNullable(customer.phone()),
                        Optional.ofNullable(customer.userId()),
                        Optional.of(conversationCustomer))
                .flatMap(Optional::stream)
                .distinct();
    }

    private static String preference(String id, @Nullable String category) {
        return id + "|" + category;
    }

    /// WhatsApp writes languages as `en_US`, and in some webhooks as `en-US`.
    private static String template(String name, @Nullable String language, String aspect) {
        return name + "|" + (language == null ? "" : language.replace('-', '_').toLowerCase(Locale.ROOT)) + "|"
                + aspect;
    }
}

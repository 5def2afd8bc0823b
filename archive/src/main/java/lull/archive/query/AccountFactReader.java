package lull.archive.query;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Reader of what WhatsApp has said last about accounts, numbers, templates and flows. Safe for several
/// threads. Methods throw jOOQ's `DataAccessException` if the database fails.
public final class AccountFactReader {

    /// The largest number of facts in an answer, the latest of all.
    static final int MOST = 2_000;

    private final ArchiveDatabase database;
    private final InstantSource clock;

    /// Facts of an answer.
    ///
    /// @param facts urgent ones first, and then the latest
    /// @param isComplete whether there are no others
    record View(List<AccountFact> facts, boolean isComplete) {
        View {
            facts = List.copyOf(facts);
        }
    }

    public AccountFactReader(ArchiveDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Returns facts.
    ///
    /// @param isProblems whether only problems that last
    public View read(boolean isProblems) {
        Instant now = clock.instant();
        Condition is = Tables.AccountFact.HAPPENED_AT.isNotNull();
        if (isProblems) {
            is = is.and(Tables.AccountFact.URGENCY.in(Urgency.CRITICAL.word(), Urgency.WARNING.word()))
                    .and(DSL.or(Tables.AccountFact.UNTIL_AT.isNull(), Tables.AccountFact.UNTIL_AT.gt(now)));
        }
        List<AccountFact> facts = database.sql()
                .select(Tables.AccountFact.ROWS.fields())
                .from(Tables.AccountFact.TABLE)
                .where(is)
                .orderBy(Tables.AccountFact.HAPPENED_AT.desc(), Tables.AccountFact.FACT_KEY)
                .limit(MOST + 1)
                .fetch(row -> new AccountFact(
                        Subject.of(row.get(Tables.AccountFact.SUBJECT)),
                        row.get(Tables.AccountFact.SUBJECT_ID),
                        row.get(Tables.AccountFact.NAME),
                        row.get(Tables.AccountFact.LANGUAGE),
                        row.get(Tables.AccountFact.ASPECT),
                        row.get(Tables.AccountFact.ASPECT_OF),
                        row.get(Tables.AccountFact.FACT_VALUE),
                        row.get(Tables.AccountFact.DETAIL),
                        Urgency.of(Objects.requireNonNullElse(row.get(Tables.AccountFact.URGENCY), "")),
                        row.get(Tables.AccountFact.UNTIL_AT),
                        row.get(Tables.AccountFact.ACCOUNT_ID),
                        row.get(Tables.AccountFact.FIELD),
                        row.get(Tables.AccountFact.HAPPENED_AT)));
        // Stable, so that of the same urgency the latest comes first. What has ended by itself comes last.
        Comparator<AccountFact> urgentFirst =
                Comparator.comparing((AccountFact fact) -> fact.isOverAt(now)).thenComparing(AccountFact::urgency);
        return new View(facts.stream().limit(MOST).sorted(urgentFirst).toList(), facts.size() <= MOST);
    }
}

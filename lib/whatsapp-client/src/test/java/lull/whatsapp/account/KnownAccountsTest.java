package lull.whatsapp.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownAccountsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final KnownAccounts known = new KnownAccounts();

    @ParameterizedTest
    @CsvSource({
        "APPROVED, false",
        "REINSTATED, false",
        "FLAGGED, false",
        "REJECTED, true",
        "DISABLED, true",
        "PENDING, true",
        "PAUSED, true",
        "DELETED, true"
    })
    void aTemplateIsUnusableUnlessItIsApproved(String status, boolean isUnusable) {
        apply(template("1", status, NOW, null));

        assertThat(known.isUnusable("news", "en_US", NOW)).isEqualTo(isUnusable);
        assertThat(known.isUnusable("news", "de", NOW)).isFalse();
        assertThat(known.isUnusable("other", "en_US", NOW)).isFalse();
    }

    @Test
    void aPauseEnds() {
        apply(template("1", "PAUSED", NOW, NOW.plusSeconds(60)));

        assertThat(known.isUnusable("news", "en-US", NOW)).isTrue();
        assertThat(known.isUnusable("news", "en-US", NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void aTemplateOfTheSameNameInAnotherAccountMayBeTheOneThatIsMeant() {
        apply(template("1", "REJECTED", NOW, null));
        apply(template("2", "APPROVED", NOW, null));

        assertThat(known.isUnusable("news", "en_US", NOW)).isFalse();

        AccountFact other = template("2", "APPROVED", NOW, null);
        known.forget(other.key());
        assertThat(known.isUnusable("news", "en_US", NOW)).isTrue();
    }

    @Test
    void anEarlierFactOfAnotherPartitionChangesNothing() {
        apply(template("1", "APPROVED", NOW, null));
        apply(template("1", "REJECTED", NOW.minusSeconds(1), null));

        assertThat(known.isUnusable("news", "en_US", NOW)).isFalse();
    }

    private void apply(AccountFact fact) {
        known.apply(fact);
    }

    private static AccountFact template(String account, String status, Instant at, @Nullable Instant until) {
        return new AccountFact(
                Subject.TEMPLATE,
                "7" + account,
                "news",
                "en-US",
                "status",
                null,
                status,
                null,
                Urgency.NOTICE,
                until,
                account,
                "message_template_status_update",
                at);
    }
}

package lull.bridge.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lull.connect.ConnectError;
import lull.connect.Extent;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.WhatsAppError;
import org.junit.jupiter.api.Test;

final class FailuresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ConnectFailures connect =
            new ConnectFailures(MINUTE, extent -> new PauseScope("extent", extent.name()));

    @Test
    void whatPassesIsTriedAgain() {
        assertThat(connect.of(new ConnectError.Throttled("429"))).isEqualTo(Outcome.retry("429"));
        assertThat(connect.of(new ConnectError.Transient("503"))).isEqualTo(Outcome.retry("503"));
        assertThat(connect.of(new ConnectError.NotFound("404"))).isEqualTo(Outcome.retry("404"));
        assertThat(connect.of(new ConnectError.QuotaReached("quota"))).isEqualTo(new Outcome.Retry(MINUTE, "quota"));
        assertThat(WhatsAppFailures.of(new WhatsAppError.Transient(MINUTE, "429")))
                .isEqualTo(new Outcome.Retry(MINUTE, "429"));
        assertThat(WhatsAppFailures.of(new WhatsAppError.Unclear(true, "500"))).isEqualTo(Outcome.retry("500"));
    }

    @Test
    void aCallThatWasNotMadeIsNoAttempt() {
        assertThat(connect.of(new ConnectError.Paced(MINUTE))).isEqualTo(new Outcome.Deferred(MINUTE));
    }

    @Test
    void whatIsNeverAcceptedIsADeadLetter() {
        assertThat(connect.of(new ConnectError.Invalid("400"))).isEqualTo(new Outcome.Reject("400"));
        assertThat(WhatsAppFailures.of(new WhatsAppError.Refused(131026, "no"))).isEqualTo(new Outcome.Reject("no"));
    }

    @Test
    void aWrongSettingPausesWhatItAffects() {
        assertThat(connect.of(new ConnectError.Misconfigured(Extent.INSTANCE, "403")))
                .isEqualTo(new Outcome.Pause(new PauseScope("extent", "INSTANCE"), "403"));
        assertThat(connect.of(new ConnectError.AccessDenied()))
                .isEqualTo(new Outcome.Pause(new PauseScope("extent", "NUMBER"), "Amazon Connect denies access"));
        assertThat(ConnectFailures.OF_PROCESS.of(new ConnectError.Misconfigured(Extent.NUMBER, "403")))
                .isEqualTo(new Outcome.Pause(PauseScope.PROCESS, "403"));
        assertThat(WhatsAppFailures.of(new WhatsAppError.Misconfigured(new ErrorScope.AccessToken("token"), "401")))
                .isEqualTo(new Outcome.Pause(Scopes.accessToken("token"), "401"));
    }
}

package lull.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import lull.cli.campaign.CampaignProgress.Entry;
import lull.cli.campaign.CampaignProgress.State;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignProgressTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");

    @TempDir
    private Path directory;

    @Test
    void aLineThatAKilledProcessHasBegunDoesNotCount() throws Exception {
        Path file = directory.resolve("progress");
        try (CampaignProgress progress = CampaignProgress.open(file, "spring")) {
            progress.record("app-1", new Entry(State.ASKED, NOW, null, null));
            progress.record("app-1", new Entry(State.ENDED, NOW, "refused", "no account (131026)"));
        }
        Files.writeString(file, "{\"id\":\"app-1\",\"state\":\"ASK", StandardOpenOption.APPEND);

        try (CampaignProgress progress = CampaignProgress.open(file, "spring")) {
            assertThat(progress.of("app-1")).contains(new Entry(State.ENDED, NOW, "refused", "no account (131026)"));
            progress.record("app-2", new Entry(State.ACCEPTED, NOW, null, null));
        }
        try (CampaignProgress progress = CampaignProgress.open(file, "spring")) {
            assertThat(progress.of("app-2")).contains(new Entry(State.ACCEPTED, NOW, null, null));
            assertThat(progress.of("app-3")).isEmpty();
        }
    }

    @Test
    void aFileOfAnotherCampaignOrOfAnotherProcessIsRefused() throws Exception {
        Path file = directory.resolve("progress");
        try (CampaignProgress _ = CampaignProgress.open(file, "spring")) {
            assertThatThrownBy(() -> CampaignProgress.open(file, "spring"))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another process");
        }
        assertThatThrownBy(() -> CampaignProgress.open(file, "summer"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("the progress of another campaign");
        Files.writeString(file, "customer,1\n");
        assertThatThrownBy(() -> CampaignProgress.open(file, "spring"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("move it away");
    }
}

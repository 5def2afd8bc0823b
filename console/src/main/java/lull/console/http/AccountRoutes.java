package lull.console.http;

import java.time.InstantSource;
import java.util.Map;
import lull.console.pages.AccountsPage;
import lull.console.sources.SourceClient;

/// Route of the page that shows what WhatsApp has said about accounts. Safe for several threads.
final class AccountRoutes {

    private final SourceClient archive;
    private final PageWriter writer;
    private final InstantSource clock;

    AccountRoutes(SourceClient archive, PageWriter writer, InstantSource clock) {
        this.archive = archive;
        this.writer = writer;
        this.clock = clock;
    }

    void page(Visit visit) throws InterruptedException {
        boolean isAll = visit.parameter("all").equals("true");
        writer.page(
                visit,
                "accounts",
                "What WhatsApp says",
                AccountsPage.model(
                        archive.get("/account-facts", Map.of("problems", Boolean.toString(!isAll))),
                        isAll,
                        clock.instant()));
    }
}

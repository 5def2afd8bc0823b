package lull.cli.campaign;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.cli.campaign.CampaignFile.Row;
import lull.cli.campaign.CampaignProgress.Entry;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;

/// What became of the customers of a campaign. Pure, except for the file.
public final class CampaignReport {

    /// What is said of a customer, the best first.
    public enum Outcome {
        READ("read"),
        DELIVERED("delivered"),
        SENT("sent, not reported as delivered yet"),
        OPEN("accepted, not sent yet"),
        REFUSED("refused by WhatsApp, or not delivered"),
        REJECTED("rejected by the ingress"),
        IN_DOUBT("in doubt: it is unknown whether it was sent"),
        NOT_ASKED("not asked for yet");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /// The word in the report.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The words for people.
        public String words() {
            return words;
        }

        /// Whether the customer has the template, or WhatsApp.
        public boolean isGood() {
            return compareTo(SENT) <= 0;
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /// One customer.
    public record Line(Row row, Outcome outcome, String reason) {}

    private CampaignReport() {}

    /// Returns the report of a campaign.
    public static CampaignReport of(List<Row> rows, CampaignProgress progress) {
        CampaignReport report = new CampaignReport();
        for (Row row : rows) {
            Entry entry = progress.of(row.replyId()).orElse(null);
            String reason = entry == null ? null : entry.reason();
            report.lines.add(new Line(row, outcome(entry), reason == null ? "" : reason));
        }
        return report;
    }

    private static Outcome outcome(@Nullable Entry entry) {
        if (entry == null) {
            return Outcome.NOT_ASKED;
        }
        return switch (entry.state()) {
            case ASKED, IN_DOUBT -> Outcome.IN_DOUBT;
            case REJECTED -> Outcome.REJECTED;
            case ACCEPTED, ENDED -> outcome(entry.status() == null ? "" : entry.status());
        };
    }

    private static Outcome outcome(String status) {
        return switch (status) {
            case "read", "played" -> Outcome.READ;
            case "delivered" -> Outcome.DELIVERED;
            case "sent" -> Outcome.SENT;
            case "refused" -> Outcome.REFUSED;
            case "doubted", "unclear" -> Outcome.IN_DOUBT;
            default -> Outcome.OPEN;
        };
    }

    /// Returns how many customers have each outcome, without those that none has.
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            long count =
                    lines.stream().filter(line -> line.outcome() == outcome).count();
            if (count > 0) {
                counts.put(outcome, count);
            }
        }
        return counts;
    }

    /// Returns the customers with an outcome.
    public List<Line> of(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).toList();
    }

    /// Writes a row for each customer. Throws [CannotStart] if the file cannot be written.
    public void write(Path file) {
        CsvMapper mapper = new CsvMapper();
        CsvSchema schema = CsvSchema.builder()
                .addColumn("row")
                .addColumn("customer")
                .addColumn("id")
                .addColumn("outcome")
                .addColumn("reason")
                .setUseHeader(true)
                .build();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Line line : lines) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", line.row().row());
            row.put("customer", line.row().customer());
            row.put("id", line.row().replyId());
            row.put("outcome", line.outcome().word());
            row.put("reason", line.reason());
            rows.add(row);
        }
        try {
            mapper.writer(schema).writeValue(file.toFile(), rows);
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be written: " + e.getClass().getSimpleName(), e);
        }
    }
}

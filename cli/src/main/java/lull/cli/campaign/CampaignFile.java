package lull.cli.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lull.cli.campaign.CampaignColumn.Kind;
import lull.contract.PhoneForms;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.request.TemplateParameter;
import lull.ingress.reply.ReplyReader;
import lull.ingress.reply.ReplyReader.ReadResult;
import org.jspecify.annotations.Nullable;

/// Reader of a campaign's CSV file. All rows are checked before anything is sent, by what the ingress
/// checks, and all problems are found at once. Rows are counted from 1, which is the header, as
/// spreadsheets do. Pure.
public final class CampaignFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Campaign campaign;
    private final ReplyReader reader = new ReplyReader(ReplyReader.Senders.of(Optional.empty()));
    private final List<String> problems = new ArrayList<>();

    /// What all customers of a campaign get.
    ///
    /// @param name of which the Idempotency-Key is made, so that each customer gets one template of the
    ///     campaign
    /// @param number the business number
    /// @param by who sends it; rows may say another
    /// @param note for the agent; rows may have another
    /// @param attributes of the chat; rows may have others
    public record Campaign(
            String name,
            String number,
            String template,
            String language,
            @Nullable String by,
            @Nullable String note,
            Map<String, String> attributes) {
        public Campaign {
            attributes = Map.copyOf(attributes);
        }

        /// Returns the Idempotency-Key, the same for all customers: conversations have keys of their
        /// own.
        public String key() {
            return "campaign-" + name;
        }
    }

    /// A customer of a campaign.
    ///
    /// @param row in the file
    /// @param customer as written there
    /// @param replyId the id that the ingress will answer
    /// @param request the body for `POST /conversations`
    public record Row(int row, String customer, String replyId, String request) {
        @Override
        public String toString() {
            return "Row[" + row + "]";
        }
    }

    /// What is in a file.
    ///
    /// @param problems if there are any, nothing may be sent
    public record Read(List<Row> rows, List<String> problems) {
        public Read {
            rows = List.copyOf(rows);
            problems = List.copyOf(problems);
        }
    }

    private CampaignFile(Campaign campaign) {
        this.campaign = campaign;
    }

    /// Reads the text of a file.
    ///
    /// @param separator between cells
    public static Read read(Campaign campaign, String text, char separator) {
        CampaignFile file = new CampaignFile(campaign);
        List<Row> rows = file.rows(
                text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text, separator);
        return new Read(rows, file.problems);
    }

    private List<Row> rows(String text, char separator) {
        List<String[]> lines = lines(text, separator);
        if (lines.isEmpty()) {
            problems.add("The file is empty: its first row has the titles of the columns, one of them customer");
            return List.of();
        }
        List<CampaignColumn> columns = columns(lines.getFirst());
        if (!problems.isEmpty()) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i);
            int number = i + 1;
            if (cells.length == 1 && cells[0].isBlank()) {
                continue;
            }
            if (cells.length != columns.size()) {
                problems.add(
                        "row " + number + ": has " + cells.length + " cells, and the header has " + columns.size());
                continue;
            }
            row(number, columns, cells, known).ifPresent(rows::add);
        }
        if (rows.isEmpty() && problems.isEmpty()) {
            problems.add(
                    "The file has no customer: its first row has the titles of the columns, and each further row is a"
                            + " customer");
        }
        return rows;
    }

    private List<String[]> lines(String text, char separator) {
        CsvMapper mapper = new CsvMapper();
        List<String[]> lines = new ArrayList<>();
        try (MappingIterator<String[]> all = mapper.readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                .readValues(text)) {
            while (all.hasNextValue()) {
                lines.add(all.nextValue());
            }
        } catch (JsonProcessingException e) {
            problems.add("row " + (lines.size() + 1) + ": is not CSV: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot be read", e);
        }
        return lines;
    }

    private List<CampaignColumn> columns(String[] titles) {
        List<CampaignColumn> columns = new ArrayList<>();
        List<TemplateParameter> parameters = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String title : titles) {
            Optional<CampaignColumn> column = CampaignColumn.of(title.strip());
            if (column.isEmpty()) {
                problems.add(
                        "row 1: the column " + title.strip() + " is not known. Titles are " + CampaignColumn.TITLES);
                continue;
            }
            columns.add(column.get());
            if (column.get().parameter().isPresent()) {
                parameters.add(column.get().parameter().get());
            } else if (!seen.add(title.strip())) {
                twice(title.strip());
            }
        }
        TemplateParameter.repeated(parameters).forEach(parameter -> twice(parameter.title()));
        if (columns.stream().noneMatch(column -> column.kind() == Kind.CUSTOMER)) {
            problems.add("row 1: the column customer is missing. A file with another separator than a comma needs"
                    + " --separator");
        }
        TemplateParameter.problems(parameters).forEach(problem -> problems.add("row 1: " + problem));
        return columns;
    }

    private void twice(String title) {
        problems.add("row 1: the column " + title + " is there twice");
    }

    private Optional<Row> row(int number, List<CampaignColumn> columns, String[] cells, Map<String, Integer> known) {
        int before = problems.size();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].isBlank() && columns.get(i).kind().isNeeded()) {
                problems.add("row " + number + ": " + columns.get(i).title() + " is empty");
            }
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        String customer = cell(Kind.CUSTOMER, columns, cells).orElse("");
        String request = Json.text(request(customer, columns, cells));
        return switch (reader.readBeginning(campaign.key(), Json.utf8(request), Instant.EPOCH)) {
            case ReadResult.Wrong(List<String> wrong) -> {
                wrong.forEach(problem -> problems.add("row " + number + ": " + problem));
                yield Optional.empty();
            }
            case ReadResult.Asked(Reply reply) -> {
                Integer first = known.putIfAbsent(
                        PhoneForms.certain(reply.conversation().customer()), number);
                if (first != null) {
                    problems.add("row " + number + ": the same customer as in row " + first);
                    yield Optional.empty();
                }
                yield Optional.of(new Row(number, customer, reply.id(), request));
            }
        };
    }

    private ObjectNode request(String customer, List<CampaignColumn> columns, String[] cells) {
        ObjectNode request = Json.object();
        boolean isUserId = !customer.isEmpty() && Character.isUpperCase(customer.charAt(0));
        request.putObject("to").put(isUserId ? "userId" : "phone", customer);
        request.put("from", campaign.number());
        ObjectNode template = request.putObject("template").put("name", campaign.template());
        template.putObject("language").put("code", campaign.language());
        ArrayNode components = components(columns, cells);
        if (!components.isEmpty()) {
            template.set("components", components);
        }
        cell(Kind.BY, columns, cells)
                .or(() -> Optional.ofNullable(campaign.by()))
                .ifPresent(by -> request.put("by", by));
        cell(Kind.NOTE, columns, cells)
                .or(() -> Optional.ofNullable(campaign.note()))
                .ifPresent(note -> request.put("note", note));
        Map<String, String> attributes = new TreeMap<>(campaign.attributes());
        for (int i = 0; i < cells.length; i++) {
            if (columns.get(i).kind() == Kind.ATTRIBUTE && !cells[i].isBlank()) {
                attributes.put(columns.get(i).name(), cells[i].strip());
            }
        }
        if (!attributes.isEmpty()) {
            ObjectNode given = request.putObject("attributes");
            attributes.forEach(given::put);
        }
        return request;
    }

    private static ArrayNode components(List<CampaignColumn> columns, String[] cells) {
        return TemplateParameter.components(IntStream.range(0, cells.length)
                .boxed()
                .flatMap(i -> columns.get(i).parameter().stream()
                        .map(parameter -> new TemplateParameter.Value(parameter, cells[i].strip())))
                .toList());
    }

    private static Optional<String> cell(Kind kind, List<CampaignColumn> columns, String[] cells) {
        return IntStream.range(0, cells.length)
                .filter(i -> columns.get(i).kind() == kind && !cells[i].isBlank())
                .mapToObj(i -> cells[i].strip())
                .findFirst();
    }
}

package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.cli.json.JsonOutput;
import lull.contract.VisibleLine;
import lull.contract.account.AccountFact;
import lull.contract.account.Urgency;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull whatsapp status`: what WhatsApp has said last about accounts, numbers, templates and flows.
@Command(
        name = "status",
        description = {
            "Shows what WhatsApp has said last, by webhooks, about accounts, numbers, templates and flows, urgent things"
                    + " first. It calls nothing: what was said before Lull received webhooks is unknown.",
            "A running ingress answers, with a token of actions.tokens."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class WhatsAppStatusCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;
    private static final int WIDEST = 48;
    private static final List<String> HEADS = List.of("URGENCY", "ABOUT", "WHAT", "IS", "SINCE", "UNTIL", "WHY");

    @Option(names = "--problems", description = "Only what an operator should know on the same day, or at once.")
    private boolean isProblems;

    @Mixin
    private final IngressAccess ingress = new IngressAccess();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        ServiceCall call = ingress.call(LIMIT, MAX_ANSWER_BYTES);
        JsonNode answer = Json.tree(call.send(
                call.request("/accounts" + (isProblems ? "?problems=true" : "")).GET()));
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            for (JsonNode fact : answer.path("facts")) {
                JsonOutput.print(fact, out);
            }
        } else {
            List<AccountFact> facts = new ArrayList<>();
            for (JsonNode fact : answer.path("facts")) {
                facts.add(Json.convert(fact, AccountFact.class));
            }
            table(facts, out);
            long customers = answer.path("customersWithoutMarketing").asLong();
            if (customers > 0 && !isProblems) {
                out.println();
                out.println(customers + (customers == 1 ? " customer wants" : " customers want")
                        + " no marketing messages");
            }
        }
        out.flush();
        return 0;
    }

    private void table(List<AccountFact> facts, PrintWriter out) {
        if (facts.isEmpty()) {
            out.println(isProblems ? "No problems are known" : "WhatsApp has said nothing about accounts yet");
            return;
        }
        List<List<String>> rows = Stream.concat(Stream.of(HEADS), facts.stream().map(WhatsAppStatusCommand::row))
                .toList();
        List<Integer> widths = IntStream.range(0, HEADS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .boxed()
                .toList();
        rows.forEach(row -> out.println(IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing()));
    }

    private static List<String> row(AccountFact fact) {
        return List.of(
                fact.urgency() == Urgency.INFO ? "" : fact.urgency().word(),
                cut(about(fact)),
                fact.aspect(),
                cut(fact.value()),
                fact.at().toString(),
                fact.until() == null ? "" : fact.until().toString(),
                fact.detail() == null ? "" : cut(fact.detail()));
    }

    private static String about(AccountFact fact) {
        String name = Stream.of(fact.name(), fact.language())
                .filter(text -> text != null && !text.equals(fact.id()))
                .collect(Collectors.joining(" "));
        return fact.subject().word() + " " + fact.id() + (name.isEmpty() ? "" : " (" + name + ")");
    }

    /// What others have written must stay on its line.
    private static String cut(String text) {
        String line = VisibleLine.of(text);
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}

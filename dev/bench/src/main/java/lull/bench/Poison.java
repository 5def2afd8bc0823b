package lull.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import lull.contract.json.Json;

/// Messages of customers and agents that no program can take at their word: absurd numbers and times, deep
/// nesting, lone surrogates, names of files that lead elsewhere. What comes beside and after one must
/// arrive. Each has a customer of its own.
final class Poison {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "1e99999999999";
    private static final String TIME = "31556889864403199";
    private static final String INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive";
    private static final String ARCHIVE = "application/zip";
    private static final int FILE_BYTES = 256 * 1024;
    private static final String BESIDE = "beside";
    private static final String AFTER = "after";

    private static final List<String> FILE_NAMES =
            List.of("..", ".", "../../../../lull", "..\\..\\lull", ".half-x", "a\u0000b", "/etc/passwd");

    private final People people;
    private final List<String> toAgents = new ArrayList<>();
    private final List<String> toCustomers = new ArrayList<>();
    private final List<String> notAccepted = new ArrayList<>();

    private long customers;
    private int files;

    Poison(People people) {
        this.people = people;
    }

    /// Sends one of each kind.
    void round() throws IOException, InterruptedException {
        beside("{\"type\":\"location\",\"location\":{\"latitude\":" + NUMBER + ",\"longitude\":1}}");
        beside("{\"type\":\"text\",\"text\":{\"body\":\"\\ud800\"}}");
        beside("{\"type\":\"text\",\"text\":{\"body\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}}");
        beside("{\"type\":" + "{\"a\":".repeat(5_000) + NUMBER + "}".repeat(5_000) + "}");
        beside("{\"type\":\"order\",\"order\":{\"product_items\":[{\"quantity\":" + NUMBER + "}],\"n\":"
                + "9".repeat(100_000) + "}}");
        form("{\\\"amount\\\":" + NUMBER + "}");
        form("[".repeat(5_000));
        form("{\\\"a\\\":\\\"\\ud800\\\",\\\"a\\\":" + TIME + "}");
        files();
        interactive("\"price\":" + NUMBER);
        interactive("\"deep\":" + "[".repeat(5_000) + "]".repeat(5_000));
    }

    /// Documents whose names lead elsewhere.
    void files() throws IOException, InterruptedException {
        for (String name : FILE_NAMES) {
            ObjectNode message = Json.object();
            message.put("type", "document");
            ObjectNode document = people.upload(new byte[FILE_BYTES], ARCHIVE);
            message.set("document", document.put("filename", name));
            String customer = next();
            accept(customer, People.message(customer, message));
            accept(customer, People.text(customer, AFTER));
            toAgents.add(customer + " " + AFTER);
            files++;
        }
    }

    /// How many documents were sent.
    int sentFiles() {
        return files;
    }

    /// How many messages came beside and after absurd ones.
    int expected() {
        return toAgents.size() + toCustomers.size();
    }

    /// What of it has not arrived, or more than once.
    List<String> missing() throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>(notAccepted);
        for (String one : toAgents) {
            String[] words = one.split(" ", 2);
            check(words, people.shown(words[0]), missing);
        }
        for (String one : toCustomers) {
            String[] words = one.split(" ", 2);
            check(words, people.phone(words[0]), missing);
        }
        return missing;
    }

    private static void check(String[] expected, List<String> shown, List<String> missing) {
        int times = Collections.frequency(shown, expected[1]);
        if (times != 1) {
            missing.add("'" + expected[1] + "' of customer " + expected[0] + ", beside an absurd message, was shown "
                    + times + " times");
        }
    }

    /// A message and a healthy one in the same webhook, and one more behind them.
    private void beside(String message) throws InterruptedException {
        String customer = next();
        String healthy = "{\"type\":\"text\",\"text\":{\"body\":\"" + BESIDE + "\"}}";
        accept(customer, webhook(customer, "1767225600", message, healthy));
        accept(customer, webhook(customer, TIME, "{\"type\":\"text\",\"text\":{\"body\":\"" + AFTER + "\"}}"));
        toAgents.add(customer + " " + BESIDE);
        toAgents.add(customer + " " + AFTER);
    }

    /// What a customer entered in a form, and a message behind it.
    private void form(String response) throws InterruptedException {
        String customer = next();
        accept(
                customer,
                webhook(
                        customer,
                        "1767225600",
                        "{\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\","
                                + "\"body\":\"Sent\",\"response_json\":\"" + response + "\"}}}"));
        accept(customer, People.text(customer, AFTER));
        toAgents.add(customer + " " + AFTER);
    }

    /// An agent's interactive message, and a text behind it.
    private void interactive(String member) throws InterruptedException {
        String customer = next();
        accept(customer, People.text(customer, BESIDE));
        String message = "{\"templateType\":\"ListPicker\",\"data\":{\"content\":{\"title\":\"Pick\",\"elements\":"
                + "[{\"title\":\"A\"}]," + member + "}}}";
        boolean isTaken =
                people.answer(customer, INTERACTIVE, message, PATIENCE) && people.answer(customer, AFTER, PATIENCE);
        if (!isTaken) {
            notAccepted.add("The agent of " + customer + " could not write");
        }
        toAgents.add(customer + " " + BESIDE);
        toCustomers.add(customer + " " + AFTER);
    }

    private void accept(String customer, byte[] webhook) throws InterruptedException {
        if (!people.post(webhook, PATIENCE)) {
            notAccepted.add(
                    "A signed webhook of customer " + customer + " was refused for " + PATIENCE.toSeconds() + " s");
        }
    }

    private String next() {
        customers++;
        return Long.toString(15_550_900_000L + customers);
    }

    /// A webhook whose messages no JSON library would write.
    private static byte[] webhook(String customer, String time, String... messages) {
        List<String> complete = new ArrayList<>();
        for (String message : messages) {
            complete.add(String.format(
                            Locale.ROOT,
                            "{\"from\":\"%s\",\"id\":\"%s\",\"timestamp\":\"%s\",",
                            customer,
                            People.newId(),
                            time)
                    + message.substring(1));
        }
        return ("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"9\",\"changes\":[{\"field\":\"messages\","
                        + "\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"1555\","
                        + "\"phone_number_id\":\"" + People.NUMBER + "\"},\"contacts\":[{\"profile\":{\"name\":\""
                        + People.name(customer) + "\"},\"wa_id\":\"" + customer + "\"}],\"messages\":["
                        + String.join(",", complete) + "]}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

package lull.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lull.contract.json.Json;
import lull.runtime.Lifecycle;

/// A child process of a benchmark. It prints its port when it has started, then one line for each line it
/// reads, and ends when there is nothing more to read, so that it never outlives its parent.
final class ChildMain {

    static final String USAGE = "usage";
    static final String RECORD = "record";
    static final String STOP_RECORDING = "recorded";

    private ChildMain() {}

    static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // Logs and whatever else is printed go to the log.
        System.setOut(System.err);
        List<String> words = List.of(arguments);
        try (Lifecycle components = new Lifecycle();
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Role.StartedRole running = Role.valueOf(words.getFirst()).start(words.subList(1, words.size()), components);
            FlightRecorder recorder = components.add("recorder", new FlightRecorder());
            answers.println(running.port());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                answers.println(answer(order, running, recorder));
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static String answer(String order, Role.StartedRole running, FlightRecorder recorder) throws Exception {
        if (order.equals(USAGE)) {
            return Json.text(Usage.now());
        }
        if (order.equals(RECORD)) {
            recorder.start();
            return "";
        }
        if (order.startsWith(STOP_RECORDING)) {
            recorder.appendTo(Path.of(order.substring(STOP_RECORDING.length() + 1)));
            return "";
        }
        return running.answer(order);
    }
}

package lull.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// deploy/Dockerfile as its instructions.
final class Dockerfile {

    private static final Pattern FROM = Pattern.compile("(\\S+) AS (\\S+)");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z0-9_.]+)=(\"[^\"]*\"|\\S*)");
    private static final Pattern HEAP = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

    /// An instruction.
    ///
    /// @param stage of the image; empty before the first
    record Instruction(String stage, String word, String rest) {}

    private final List<Instruction> instructions = new ArrayList<>();

    Dockerfile() {
        String text = DeployFiles.read(DeployFiles.DEPLOY.resolve("Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", " ");
        String stage = "";
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] words = line.split("\\s+", 2);
            Matcher from = FROM.matcher(words[1]);
            if (words[0].equals("FROM") && from.matches()) {
                stage = from.group(2);
            }
            instructions.add(new Instruction(stage, words[0], words[1]));
        }
    }

    List<Instruction> all(String word) {
        return instructions.stream()
                .filter(instruction -> instruction.word().equals(word))
                .toList();
    }

    List<Instruction> of(String stage, String word) {
        return all(word).stream()
                .filter(instruction -> instruction.stage().equals(stage))
                .toList();
    }

    List<Instruction> all() {
        return List.copyOf(instructions);
    }

    /// The values of SERVICE: stages with a command.
    Set<String> services() {
        return all("CMD").stream().map(Instruction::stage).collect(Collectors.toUnmodifiableSet());
    }

    /// The environment of all images.
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        of("base", "ENV").forEach(env -> variables.putAll(assignments(env.rest())));
        return variables;
    }

    static Map<String, String> assignments(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        ASSIGNMENT
                .matcher(text)
                .results()
                .forEach(found -> all.put(found.group(1), found.group(2).replace("\"", "")));
        return all;
    }

    /// The share of the container's memory that is the heap of a service.
    static int heapPercentage(String service) {
        Matcher heap = HEAP.matcher(DeployFiles.read(DeployFiles.DEPLOY.resolve("image/jvm/" + service + ".options")));
        if (!heap.find()) {
            throw new AssertionError(service + " has no heap");
        }
        return Integer.parseInt(heap.group(1));
    }
}

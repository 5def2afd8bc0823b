package lull.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lull.cdk.installation.Installation;
import lull.cdk.installation.InstallationFile;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/// The templates of an installation, synthesized once for all tests.
///
/// @param templates by the end of their stack's name, such as `services`
/// @param findings of cdk-nag that are errors or warnings
/// @param terminationProtection of each stack
/// @param asksAccount whether the CDK would ask the account for something
record Synthesized(
        Installation installation,
        Map<String, JsonNode> templates,
        List<String> findings,
        List<Boolean> terminationProtection,
        boolean asksAccount) {

    static final Path FOLDER = Path.of("src", "test", "installations");

    /// The example that people copy, and one for each choice that it has.
    static final List<Path> FILES = List.of(
            Path.of("installations", "example.yaml"),
            FOLDER.resolve("standard.yaml"),
            FOLDER.resolve("existing.yaml"),
            FOLDER.resolve("regions.yaml"));

    private static final Map<Path, Synthesized> DONE = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A resource of a template.
    record Resource(String stack, String id, JsonNode node) {
        String type() {
            return node.path("Type").asText();
        }

        JsonNode at(String pointer) {
            return node.path("Properties").at(pointer);
        }

        @Override
        public String toString() {
            return stack + "/" + id;
        }
    }

    /// Skips the test if there is no Node.js, in which the CDK runs.
    static Synthesized of(Path file) {
        assumeTrue(hasNode(), "Node.js is not on the path, so the stacks cannot be synthesized: install 20 or later");
        return DONE.computeIfAbsent(file, Synthesized::synthesize);
    }

    static Synthesized example() {
        return of(FILES.getFirst());
    }

    static Synthesized named(String name) {
        return of(FOLDER.resolve(name + ".yaml"));
    }

    /// The services by the words of their processes: applications are among them only if the settings have any.
    List<String> services() {
        return LullProcess.services(installation).stream()
                .map(LullProcess::word)
                .toList();
    }

    /// The services and the processes that run one command.
    List<String> processes() {
        return Stream.concat(
                        services().stream(),
                        LullProcess.commands(installation).stream().map(LullProcess::word))
                .toList();
    }

    Stream<Resource> resources() {
        return templates.entrySet().stream()
                .flatMap(template -> template.getValue().path("Resources").properties().stream()
                        .map(resource -> new Resource(template.getKey(), resource.getKey(), resource.getValue())));
    }

    Stream<Resource> resources(String type) {
        return resources().filter(resource -> resource.type().equals(type));
    }

    /// The container of a process.
    JsonNode container(String process) {
        return task(process).at("/ContainerDefinitions/0");
    }

    Resource task(String process) {
        return resources("AWS::ECS::TaskDefinition")
                .filter(task -> task.at("/Family").asText().equals(installation.name() + "-" + process))
                .findFirst()
                .orElseThrow();
    }

    Resource service(String process) {
        return resources("AWS::ECS::Service")
                .filter(service -> service.at("/ServiceName").asText().equals(installation.name() + "-" + process))
                .findFirst()
                .orElseThrow();
    }

    /// The environment of a process; what is known only later is a name in braces.
    Map<String, String> environment(String process) {
        Map<String, String> environment = new LinkedHashMap<>();
        container(process)
                .path("Environment")
                .forEach(one -> environment.put(one.path("Name").asText(), text(one.path("Value"))));
        return environment;
    }

    /// The environment variables of a process whose values are secrets.
    List<String> secrets(String process) {
        List<String> secrets = new ArrayList<>();
        container(process)
                .path("Secrets")
                .forEach(one -> secrets.add(one.path("Name").asText()));
        return secrets;
    }

    /// A text of a template; what is known only later is a name in braces.
    static String text(JsonNode value) {
        if (value.has("Fn::Join")) {
            StringBuilder text = new StringBuilder();
            value.path("Fn::Join").get(1).forEach(part -> text.append(text(part)));
            return text.toString();
        }
        if (value.has("Fn::GetAtt")) {
            return "${" + value.path("Fn::GetAtt").get(0).asText() + "}";
        }
        if (value.has("Ref")) {
            return "${" + value.path("Ref").asText() + "}";
        }
        return value.isTextual() ? value.asText() : value.isObject() ? "${later}" : value.asText();
    }

    /// One text, or all texts of a list.
    static List<String> texts(JsonNode value) {
        if (!value.isArray()) {
            return List.of(text(value));
        }
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(text(one)));
        return texts;
    }

    private static boolean hasNode() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    // The type of what is found is deprecated without another.
    @SuppressWarnings("deprecation")
    private static Synthesized synthesize(Path file) {
        Installation installation = InstallationFile.read(file);
        App app = LullStacks.app();
        LullStacks stacks = LullStacks.add(app, installation);
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        List<String> findings = new ArrayList<>();
        for (Stack stack : stacks.all()) {
            String name = stack.getStackName().substring(installation.name().length() + 1);
            templates.put(name, JSON.valueToTree(Template.fromStack(stack).toJSON()));
            Annotations annotations = Annotations.fromStack(stack);
            Stream.of(annotations.findError("*", Match.anyValue()), annotations.findWarning("*", Match.anyValue()))
                    .flatMap(List::stream)
                    .forEach(finding -> findings.add(
                            finding.getId() + ": " + finding.getEntry().getData()));
        }
        List<?> missing = app.synth().getManifest().getMissing();
        List<Boolean> terminationProtection = stacks.all().stream()
                .map(stack -> Boolean.TRUE.equals(stack.getTerminationProtection()))
                .toList();
        return new Synthesized(
                installation, templates, findings, terminationProtection, missing != null && !missing.isEmpty());
    }
}

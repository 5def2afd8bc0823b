package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Parameters of an action on the command line: texts become values of the type that the action needs.
final class ActionArguments {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("3gp", "video/3gpp"),
            Map.entry("aac", "audio/aac"),
            Map.entry("amr", "audio/amr"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("json", "application/json"),
            Map.entry("doc", "application/msword"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"));

    private final ActionDescriptor action;
    private final CommandSpec spec;

    ActionArguments(ActionDescriptor action, CommandSpec spec) {
        this.action = action;
        this.spec = spec;
    }

    /// Returns the parameters in a file and on the command line, which are not checked yet.
    ObjectNode read(@Nullable Path file, Map<String, String> given) {
        ObjectNode parameters = file == null ? Json.object() : object(file);
        given.forEach((name, value) -> parameters.set(name, value(name, value)));
        return parameters;
    }

    private ObjectNode object(Path file) {
        try {
            if (Json.strictTree(bytes(file)) instanceof ObjectNode object) {
                return object;
            }
        } catch (UnreadableJson e) {
            throw wrong("The file " + file + " is not JSON: " + e.getMessage());
        }
        throw wrong("The file " + file + " must contain a JSON object");
    }

    private JsonNode value(String name, String text) {
        ParameterType type = action.parameters().stream()
                .filter(each -> each.name().equals(name))
                .map(Parameter::type)
                .findFirst()
                .orElseThrow(() -> wrong(name + " is not a parameter of " + action.name() + ": 'lull whatsapp describe "
                        + action.name() + "' shows all"));
        if (type instanceof ParameterType.File) {
            return file(name, text);
        }
        String value =
                text.startsWith("@") ? new String(bytes(Path.of(text.substring(1))), StandardCharsets.UTF_8) : text;
        return switch (type) {
            case ParameterType.Text any -> TextNode.valueOf(value);
            case ParameterType.Word any -> TextNode.valueOf(value);
            case ParameterType.Items list when !value.stripLeading().startsWith("[") -> words(value);
            default -> json(name, value);
        };
    }

    private JsonNode file(String name, String text) {
        if (!text.startsWith("@")) {
            throw wrong(name + " is a file: give it as --param " + name + "=@PATH");
        }
        Path path = Path.of(text.substring(1));
        String fileName = path.getFileName().toString();
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return new ActionFile(fileName, TYPES.getOrDefault(extension, "application/octet-stream"), bytes(path))
                .parameter();
    }

    private static JsonNode words(String value) {
        ArrayNode list = Json.object().arrayNode();
        for (String word : value.split(",", -1)) {
            list.add(word.strip());
        }
        return list;
    }

    private JsonNode json(String name, String value) {
        try {
            return Json.strictTree(Json.utf8(value));
        } catch (UnreadableJson e) {
            throw wrong(name + " must be JSON");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CannotStart(FileProblem.words(file, e), e);
        }
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }
}

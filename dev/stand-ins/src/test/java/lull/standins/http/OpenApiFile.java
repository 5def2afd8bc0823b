package lull.standins.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the routes out of docs/openapi-stand-ins.yaml, which is written in block style with two-space indents.
public final class OpenApiFile {
    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|put|post|delete):");
    private static final Pattern TAGS = Pattern.compile("      tags: \\[(.*)]");

    private OpenApiFile() {}

    /// The routes with this tag, such as `GET /_faults`.
    public static List<String> routes(String tag) {
        List<String> routes = new ArrayList<>();
        String path = "";
        String method = "";
        for (String line : lines()) {
            Matcher aPath = PATH.matcher(line);
            Matcher aMethod = METHOD.matcher(line);
            Matcher tags = TAGS.matcher(line);
            if (aPath.matches()) {
                path = aPath.group(1);
            } else if (aMethod.matches()) {
                method = aMethod.group(1).toUpperCase(Locale.ROOT);
            } else if (tags.matches() && List.of(tags.group(1).split(", ", -1)).contains(tag)) {
                routes.add(method + " " + path);
            }
        }
        return routes;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("..", "..", "docs", "openapi-stand-ins.yaml"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

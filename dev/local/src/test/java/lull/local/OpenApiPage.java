package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A page in OpenAPI.
final class OpenApiPage {

    private final OpenAPI page;

    private OpenApiPage(OpenAPI page) {
        this.page = page;
    }

    /// Reads a page of docs; fails where the parser has anything to say about it.
    static OpenApiPage read(String name) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result =
                new OpenAPIV3Parser().readLocation(Sources.page(name).toString(), null, options);
        assertThat(result.getMessages())
                .as("what the parser says of docs/%s", name)
                .isEmpty();
        return new OpenApiPage(result.getOpenAPI());
    }

    String version() {
        return page.getOpenapi();
    }

    /// The routes with a tag, such as `GET /readyz`.
    List<String> routes(String tag) {
        List<String> routes = new ArrayList<>();
        page.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    if (operation.getTags().contains(tag)) {
                        routes.add(method + " " + path);
                    }
                }));
        return routes;
    }

    List<String> routes() {
        return page.getTags().stream()
                .flatMap(tag -> routes(tag.getName()).stream())
                .toList();
    }

    /// The statuses with which a route answers, as the page says.
    Set<String> statuses(String method, String path) {
        PathItem item = page.getPaths().get(path);
        Operation operation = item == null ? null : item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method));
        return operation == null ? Set.of() : operation.getResponses().keySet();
    }
}

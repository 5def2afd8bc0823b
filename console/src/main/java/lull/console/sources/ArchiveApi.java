package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import lull.console.sources.AdviceCalculator.Unavailable;

/// Port to the HTTP API of the archive.
@FunctionalInterface
public interface ArchiveApi {

    /// Returns the answer for a path. Empty parameters are omitted.
    JsonNode get(String path, Map<String, String> parameters) throws Unavailable, InterruptedException;
}

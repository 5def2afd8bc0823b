package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Change of the model of the adaptive gap, effective in its partition for the messages after it.
/// Immutable.
///
/// @param model the new model, in the format of a model's file; absent: back to the one that Lull ships
public record GapModelSetting(@Nullable JsonNode model) implements InputRecord {}

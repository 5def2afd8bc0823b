package lull.applications.assistant;

import java.nio.charset.StandardCharsets;

/// What reads foreign JSON in the package of assistants, for tests of other packages.
public final class AssistantReaders {

    private AssistantReaders() {}

    /// Returns the actions in an answer of a language model as text; empty if it cannot be read.
    public static String answer(byte[] document) {
        return AssistantAnswer.read(new String(document, StandardCharsets.UTF_8))
                .map(answer -> answer.content() + answer.actions())
                .orElse("");
    }
}

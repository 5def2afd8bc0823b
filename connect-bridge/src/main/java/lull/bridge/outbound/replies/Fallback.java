package lull.bridge.outbound.replies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.text.TextSplitter;

/// Template that is sent in place of a text when the care window is over. Its body has one parameter,
/// the text. Pure.
///
/// @param templates by business number; `*` stands for all others
/// @param maxCharacters of the text in it
record Fallback(Map<String, Template> templates, int maxCharacters) {

    private static final String OTHERS = "*";
    private static final String MORE = " …";

    /// Template that WhatsApp has approved.
    ///
    /// @param language WhatsApp's code of it, such as `en_US`
    public record Template(String name, String language) {

        /// Reads `name/language`.
        static Template of(String text) {
            String[] pieces = text.split("/", -1);
            if (pieces.length != 2 || pieces[0].isBlank() || pieces[1].isBlank()) {
                throw new IllegalArgumentException("must be a template's name and language, such as follow_up/en_US");
            }
            return new Template(pieces[0].strip(), pieces[1].strip());
        }
    }

    public Fallback {
        templates = Map.copyOf(templates);
    }

    /// Reads pairs of business number and template, separated by commas. Throws
    /// `IllegalArgumentException` if one is not valid.
    public static Map<String, Template> templates(String text) {
        Map<String, Template> templates = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int sign = pair.indexOf('=');
            if (sign > 0) {
                templates.put(pair.substring(0, sign).strip(), Template.of(pair.substring(sign + 1)));
            } else if (!text.isBlank()) {
                throw new IllegalArgumentException("must be pairs such as 106540352242922=follow_up/en_US");
            }
        }
        return templates;
    }

    /// Returns the template in place of a reply from a business number; empty if there is none, or if
    /// the reply is not text.
    Optional<ReplyContent.Template> inPlaceOf(ReplyContent content, String businessNumber) {
        Template template = templates.getOrDefault(businessNumber, templates.get(OTHERS));
        return template != null && content instanceof ReplyContent.Text text
                ? Optional.of(new ReplyContent.Template(template.name(), template.language(), body(text), null))
                : Optional.empty();
    }

    private ArrayNode body(ReplyContent.Text text) {
        ArrayNode components = Json.object().putArray("components");
        components
                .addObject()
                .put("type", "body")
                .putArray("parameters")
                .addObject()
                .put("type", "text")
                .put("text", parameter(text.body()));
        return components;
    }

    /// Returns a text as a parameter. WhatsApp accepts neither line feeds nor many spaces in it.
    private String parameter(String body) {
        String oneLine = body.strip().replaceAll("\\s+", " ");
        return oneLine.codePointCount(0, oneLine.length()) <= maxCharacters
                ? oneLine
                : TextSplitter.split(oneLine, maxCharacters - MORE.length()).getFirst() + MORE;
    }
}

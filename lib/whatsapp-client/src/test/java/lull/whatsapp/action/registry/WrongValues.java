package lull.whatsapp.action.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lull.whatsapp.action.ParameterType;

/// Values that a type must refuse, one beyond each of its limits.
final class WrongValues {

    private WrongValues() {}

    static List<JsonNode> of(ParameterType type) {
        List<JsonNode> wrong = new ArrayList<>();
        JsonNodeFactory make = JsonNodeFactory.instance;
        switch (type) {
            case ParameterType.Text text -> {
                wrong.add(make.textNode("0".repeat(text.max() + 1)));
                wrong.add(make.numberNode(7));
                if (text.min() > 0) {
                    wrong.add(make.textNode(""));
                    wrong.add(make.textNode(" "));
                }
                Pattern form = text.form();
                if (form != null) {
                    Stream.of("\u0000 ~", "\uD83D\uDE00")
                            .filter(each -> !form.matcher(each).matches())
                            .forEach(each -> wrong.add(make.textNode(each)));
                }
            }
            case ParameterType.Word word -> wrong.add(make.textNode("surely unknown"));
            case ParameterType.Whole whole -> {
                wrong.add(make.numberNode(whole.min() - 1));
                wrong.add(make.numberNode(whole.max() + 1));
                wrong.add(make.numberNode(new BigDecimal("1.5")));
                wrong.add(make.textNode("1"));
            }
            case ParameterType.Decimal decimal -> {
                wrong.add(make.numberNode(decimal.min() - 1));
                wrong.add(make.numberNode(decimal.max() + 1));
                wrong.add(make.textNode("1"));
            }
            case ParameterType.Flag flag -> wrong.add(make.textNode("true"));
            case ParameterType.Items items -> {
                ArrayNode many = make.arrayNode();
                for (int i = 0; i <= items.max(); i++) {
                    many.add(make.nullNode());
                }
                wrong.add(many);
                wrong.add(make.textNode("[]"));
                if (items.min() > 0) {
                    wrong.add(make.arrayNode());
                }
                of(items.element()).forEach(each -> wrong.add(make.arrayNode().add(each)));
            }
            case ParameterType.Members members -> {
                wrong.add(make.textNode("{}"));
                wrong.add(make.objectNode().put("surely_unknown", 1));
                members.members()
                        .forEach(member -> of(member.type())
                                .forEach(each -> wrong.add(make.objectNode().set(member.name(), each))));
            }
            case ParameterType.AnyObject object -> {
                wrong.add(make.textNode("{}"));
                wrong.add(make.objectNode().put("long", "x".repeat(object.maxBytes())));
            }
            case ParameterType.File file -> {
                wrong.add(make.textNode("file"));
                wrong.add(make.objectNode()
                        .put("name", "a")
                        .put("type", "text/html")
                        .put("content", "SGk="));
                wrong.add(make.objectNode()
                        .put("name", "a")
                        .put("type", "image/png")
                        .put("content", "no Base64!"));
                wrong.add(make.objectNode()
                        .put("name", "a")
                        .put("type", "image/png")
                        .put("content", ""));
                wrong.add(make.objectNode()
                        .put("name", "x".repeat(241))
                        .put("type", "image/png")
                        .put("content", "SGk="));
                wrong.add(make.objectNode()
                        .put("name", "a")
                        .put("type", "image/png")
                        .put("content", Base64.getEncoder().encodeToString(new byte[(5 << 20) + 1])));
            }
        }
        return wrong;
    }
}

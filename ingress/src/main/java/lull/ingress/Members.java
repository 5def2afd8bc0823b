package lull.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.ingress.Piece.Member;
import org.jspecify.annotations.Nullable;

/// The members of an object while it is being read. Each is taken by whoever understands it, and what nobody has
/// taken is left over, so that nothing is passed over unseen. Of equal names all are taken.
final class Members {

    private final List<Member> all;
    private final List<Member> left;

    Members(List<Member> members) {
        this.all = members;
        this.left = new ArrayList<>(members);
    }

    boolean has(String name, Predicate<Piece> test) {
        return all.stream().anyMatch(member -> member.name().equals(name) && test.test(member.value()));
    }

    /// The values of a name, which stay untaken.
    List<Piece> peek(String name) {
        return all.stream()
                .filter(member -> member.name().equals(name))
                .map(Member::value)
                .toList();
    }

    List<Piece> take(String name) {
        return take(name, value -> true).stream().map(Member::value).toList();
    }

    void takeIf(String name, Predicate<Piece> test) {
        take(name, test);
    }

    /// The elements of the lists of a name, which stay untaken.
    List<Piece> peekElements(String name) {
        return all.stream()
                .filter(member -> member.name().equals(name))
                .flatMap(member -> member.elements().stream())
                .toList();
    }

    /// The elements of the lists of a name. What is no list is left over, unless it is null and so says nothing.
    List<Piece> takeElements(String name) {
        return take(name, value -> value.isList() || value.isNull()).stream()
                .flatMap(member -> member.elements().stream())
                .toList();
    }

    /// The text or number of a name; empty where there is none.
    String takeText(String name) {
        List<Piece> values = peek(name);
        if (values.isEmpty()) {
            return "";
        }
        Piece last = values.getLast();
        Optional<String> text = scalar(last).map(JsonNode::asText);
        text.ifPresent(_ -> takeIf(name, last::equals));
        return text.orElse("");
    }

    /// The time of a name, in Unix seconds; what is none is left over.
    @Nullable
    Instant takeTime(String name) {
        List<Piece> values = peek(name);
        if (values.isEmpty()) {
            return null;
        }
        Piece last = values.getLast();
        try {
            String seconds = scalar(last).map(JsonNode::asText).orElse("");
            Instant time = Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
            takeIf(name, last::equals);
            return time;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    /// An object of what nobody has taken; empty where all is taken.
    Optional<String> rest() throws UnreadableJson {
        return left.isEmpty() ? Optional.empty() : Optional.of(json(left));
    }

    /// The whole object.
    String json() throws UnreadableJson {
        return json(all);
    }

    private List<Member> take(String name, Predicate<Piece> test) {
        List<Member> taken = new ArrayList<>();
        left.removeIf(member -> {
            boolean mine = member.name().equals(name) && test.test(member.value());
            if (mine) {
                taken.add(member);
            }
            return mine;
        });
        return taken;
    }

    private static Optional<JsonNode> scalar(Piece piece) {
        if (piece.isObject() || piece.isList() || piece.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(piece.tree());
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    private static String json(List<Member> members) throws UnreadableJson {
        StringJoiner json = new StringJoiner(",", "{", "}");
        for (Member member : members) {
            json.add(Json.text(member.name()) + ":" + member.value().text());
        }
        return json.toString();
    }
}

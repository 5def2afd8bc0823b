package lull.ingress.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.ingress.webhook.RawJson.Member;
import org.jspecify.annotations.Nullable;

/// Members of an object while it is being read. Each reader takes the members that it understands;
/// members that were not taken remain, so that nothing is lost silently. All members of the same name
/// are taken together.
final class UnconsumedMembers {

    private final List<Member> all;
    private final List<Member> left;

    UnconsumedMembers(List<Member> members) {
        this.all = members;
        this.left = new ArrayList<>(members);
    }

    boolean has(String name, Predicate<RawJson> test) {
        for (Member member : all) {
            if (member.name().equals(name) && test.test(member.value())) {
                return true;
            }
        }
        return false;
    }

    /// Returns the values of a name without taking them.
    List<RawJson> peek(String name) {
        return values(name, all);
    }

    /// Returns the last value of a name without taking it; null if there is none.
    @Nullable
    RawJson last(String name) {
        RawJson last = null;
        for (Member member : all) {
            if (member.name().equals(name)) {
                last = member.value();
            }
        }
        return last;
    }

    List<RawJson> take(String name) {
        List<RawJson> taken = values(name, left);
        takeIf(name, value -> true);
        return taken;
    }

    void takeIf(String name, Predicate<RawJson> test) {
        for (int i = left.size() - 1; i >= 0; i--) {
            Member member = left.get(i);
            if (member.name().equals(name) && test.test(member.value())) {
                left.remove(i);
            }
        }
    }

    /// Whether a list of this name has any element.
    boolean hasElements(String name) {
        for (Member member : all) {
            if (member.name().equals(name) && !member.elements().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// Takes the elements of the lists of a name. A value that is not a list remains, unless it is
    /// null, which means nothing.
    List<RawJson> takeElements(String name) {
        List<RawJson> elements = new ArrayList<>();
        for (Member member : left) {
            if (member.name().equals(name)) {
                elements.addAll(member.elements());
            }
        }
        takeIf(name, value -> value.isList() || value.isNull());
        return elements;
    }

    /// Returns the text or number of a name, if there is one that is not blank, without taking it.
    Optional<String> text(String name) {
        RawJson last = last(name);
        return last == null ? Optional.empty() : last.scalar().filter(text -> !text.isBlank());
    }

    /// Takes the text or number of a name; empty if there is none.
    String takeText(String name) {
        RawJson last = last(name);
        if (last == null) {
            return "";
        }
        Optional<String> text = last.scalar();
        text.ifPresent(_ -> takeIf(name, last::equals));
        return text.orElse("");
    }

    /// Takes the time of a name, in Unix seconds; a value that is not a time remains.
    @Nullable
    Instant takeTime(String name) {
        RawJson last = last(name);
        if (last == null) {
            return null;
        }
        Optional<Instant> time = Timestamps.ofEpochSecond(last.scalar().orElse(""));
        time.ifPresent(_ -> takeIf(name, last::equals));
        return time.orElse(null);
    }

    /// Returns an object of the members that were not taken; empty if all were taken.
    Optional<String> rest() throws UnreadableJson {
        return left.isEmpty() ? Optional.empty() : Optional.of(json(left));
    }

    /// Returns the whole object.
    String json() throws UnreadableJson {
        return json(all);
    }

    private static List<RawJson> values(String name, List<Member> members) {
        List<RawJson> values = new ArrayList<>();
        for (Member member : members) {
            if (member.name().equals(name)) {
                values.add(member.value());
            }
        }
        return values;
    }

    private static String json(List<Member> members) throws UnreadableJson {
        StringJoiner json = new StringJoiner(",", "{", "}");
        for (Member member : members) {
            json.add(Json.text(member.name()) + ":" + member.value().text());
        }
        return json.toString();
    }
}

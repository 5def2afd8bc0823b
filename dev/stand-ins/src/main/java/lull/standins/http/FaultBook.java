package lull.standins.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The faults that are still to be played, and the control routes that add, list and clear them.
public final class FaultBook {
    private static final int MOST_TIMES = 1_000_000;
    private static final int LONGEST_DELAY_MILLIS = 600_000;

    private final NavigableSet<String> targets;
    private final List<Fault> faults = new ArrayList<>();

    /// A book that takes faults for these targets only.
    public FaultBook(Iterable<String> targets) {
        this.targets = new TreeSet<>();
        targets.forEach(this.targets::add);
    }

    /// The oldest fault for this target that is about anything, used up by one.
    public Optional<Fault> take(String target) {
        return take(target, "");
    }

    /// The oldest fault for a call of this target, used up by one.
    ///
    /// @param call what the call holds
    public synchronized Optional<Fault> take(String target, String call) {
        for (int at = 0; at < faults.size(); at++) {
            Fault fault = faults.get(at);
            if (fault.target().equals(target) && call.contains(fault.about())) {
                if (fault.times() == 1) {
                    faults.remove(at);
                } else {
                    faults.set(at, fault.once());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    public List<ControlRoute> routes() {
        return List.of(
                ControlRoute.get("/_faults", this::list),
                ControlRoute.post("/_faults", this::add),
                ControlRoute.delete("/_faults", this::clear));
    }

    private void add(Context context) {
        ControlBody body = ControlBody.of(context);
        String target = body.text("target");
        if (!targets.contains(target)) {
            throw ControlException.badRequest("'target' must be one of " + targets);
        }
        Fault fault = new Fault(
                target,
                body.optionalText("about").orElse(""),
                body.number("status", 400, 599),
                body.optionalText("code").orElse(""),
                body.optionalText("message").orElse("Failure requested at the stand-in"),
                body.number("times", 1, MOST_TIMES).orElse(1),
                Duration.ofMillis(
                        body.number("delayMillis", 0, LONGEST_DELAY_MILLIS).orElse(0)),
                body.flag("takesEffect"),
                body.flag("reset"),
                body.flag("hangs"));
        if (!target.contains(".") && fault.doesNothing()) {
            throw ControlException.badRequest("say 'status', 'code', 'delayMillis', 'reset' or 'hangs'");
        }
        synchronized (this) {
            faults.add(fault);
        }
        Json.answer(context, 201, toJson(fault));
    }

    private void list(Context context) {
        ArrayNode array = Json.array();
        synchronized (this) {
            faults.forEach(fault -> array.add(toJson(fault)));
        }
        Json.answer(context, 200, array);
    }

    private void clear(Context context) {
        String target = context.queryParam("target");
        synchronized (this) {
            faults.removeIf(fault -> target == null || fault.target().equals(target));
        }
        context.status(204);
    }

    private static ObjectNode toJson(Fault fault) {
        ObjectNode json = Json.object().put("target", fault.target()).put("about", fault.about());
        fault.status().ifPresent(status -> json.put("status", status));
        return json.put("code", fault.code())
                .put("message", fault.message())
                .put("times", fault.times())
                .put("delayMillis", fault.delay().toMillis())
                .put("takesEffect", fault.takesEffect())
                .put("reset", fault.reset())
                .put("hangs", fault.hangs());
    }
}

package lull.aggregator.operator;

import static lull.aggregator.operator.ControlServer.json;
import static lull.aggregator.operator.ControlServer.refuse;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.aggregator.gap.GapModel;
import lull.aggregator.operator.GapControl.Result;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.BodyReader.Refusal;
import lull.runtime.http.InFlight;
import org.jspecify.annotations.Nullable;

/// Handler of admitted requests that change a gap, its rule or its model: reads them, and answers with
/// the result. Safe for several threads.
final class GapChangeHandler {

    private final GapControl control;
    private final KnownModels known;
    private final BodyReader bodies;
    private final BodyReader models;
    private final InFlight inFlight;

    GapChangeHandler(GapControl control, KnownModels known, ControlServer.Guards guards) {
        this.control = control;
        this.known = known;
        this.bodies = guards.bodies();
        this.models = guards.large();
        this.inFlight = guards.inFlight();
    }

    /// Handling of a body that has arrived.
    @FunctionalInterface
    private interface OfBody {
        void answer(Context context, byte[] body) throws InterruptedException;
    }

    private void read(Context context, BodyReader reader, OfBody route) throws InterruptedException {
        try (InFlight.Reservation hold = inFlight.enter()) {
            switch (reader.read(context, hold)) {
                case Body.Refused(Refusal refusal, String error) -> refuse(context, refusal.status(), error);
                case Body.Complete body -> route.answer(context, body.bytes());
            }
        }
    }

    void setGap(Context context) throws InterruptedException {
        read(context, bodies, this::setGap);
    }

    private void setGap(Context context, byte[] body) throws InterruptedException {
        GapRequest request;
        try {
            Optional<String> misplaced =
                    context.queryParamMap().keySet().stream().findFirst();
            if (misplaced.isPresent()) {
                throw GapRequest.unknown(misplaced.get());
            }
            request = GapRequest.of(Json.strictTree(body));
        } catch (UnreadableJson e) {
            control.refused();
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "The body must be JSON such as {\"gap\":\"8s\"}, with each name once");
            return;
        } catch (IllegalArgumentException e) {
            control.refused();
            refuse(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        change(context, request.settings(), request.number(), request.by());
    }

    void resetGap(Context context) throws InterruptedException {
        change(
                context,
                List.of(new AskedSetting.Gap(null), new AskedSetting.Rule(null)),
                context.queryParam("number"),
                context.queryParam("by"));
    }

    void setModel(Context context) throws InterruptedException {
        if (isOfNumber(context)) {
            return;
        }
        read(context, models, this::setModel);
    }

    private void setModel(Context context, byte[] body) throws InterruptedException {
        GapModel model;
        try {
            model = GapModel.read(body);
        } catch (UnreadableJson e) {
            control.refused();
            refuse(
                    context,
                    HttpStatus.BAD_REQUEST,
                    "The body is no file of a model: " + e.getMessage() + "; docs/gap.md describes it");
            return;
        }
        changeModel(context, model);
    }

    void resetModel(Context context) throws InterruptedException {
        if (!isOfNumber(context)) {
            changeModel(context, null);
        }
    }

    /// Whether a request names a business number, which is refused.
    private static boolean isOfNumber(Context context) {
        boolean named = context.queryParam("number") != null;
        if (named) {
            refuse(context, HttpStatus.BAD_REQUEST, "A business number has no model of its own: omit number");
        }
        return named;
    }

    private void changeModel(Context context, @Nullable GapModel model) throws InterruptedException {
        change(context, List.of(new AskedSetting.Model(model)), null, context.queryParam("by"));
    }

    /// Answer to a change.
    ///
    /// @param change of the first setting
    /// @param also of the second; absent if only one was to change
    private record Changed(
            @JsonUnwrapped SettingChange change, @Nullable List<SettingChange> also) {

        static Changed of(List<SettingChange> changes) {
            return new Changed(changes.getFirst(), changes.size() == 1 ? null : changes.subList(1, changes.size()));
        }
    }

    private void change(Context context, List<AskedSetting> settings, @Nullable String number, @Nullable String by)
            throws InterruptedException {
        GapControl.Change change = new GapControl.Change(
                context.pathParam("topic"), settings, number, by == null || by.isBlank() ? "unknown" : by);
        switch (control.make(change, known)) {
            case Result.Made(var made) -> json(context, Changed.of(made));
            case Result.UnknownTopic(String problem) -> refuse(context, HttpStatus.NOT_FOUND, problem);
            case Result.VersionTaken(String problem) -> refuse(context, HttpStatus.CONFLICT, problem);
            case Result.Absurd(String problem) -> refuse(context, HttpStatus.BAD_REQUEST, problem);
            case Result.Partial(var made, String problem) -> {
                context.status(HttpStatus.SERVICE_UNAVAILABLE);
                json(context, Map.of("error", problem + "; try again", "change", Changed.of(made)));
            }
        }
    }
}

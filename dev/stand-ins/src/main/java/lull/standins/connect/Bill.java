package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.http.Context;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;
import org.jspecify.annotations.Nullable;

/// Amazon Connect's bill: each message and file in a chat, of anybody; events such as typing cost
/// nothing. Months are in UTC.
final class Bill {
    private final Chats chats;

    Bill(Chats chats) {
        this.chats = chats;
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_bill", this::show));
    }

    private void show(Context context) {
        ArrayNode messages = Json.array();
        for (Chat chat : chats.all()) {
            Chat.Snapshot now = chat.snapshot();
            now.transcript().stream()
                    .filter(item -> item.said().kind() != Said.Kind.EVENT)
                    .forEach(item -> {
                        @Nullable Participant by = item.said().by();
                        messages.addObject()
                                .put("id", item.id())
                                .put("initialContactId", item.initialContactId())
                                .put("customer", now.opening().customer().displayName())
                                .put("role", by == null ? "" : by.role().name())
                                .put("at", item.at().toString())
                                .put(
                                        "month",
                                        YearMonth.from(item.at().atOffset(ZoneOffset.UTC))
                                                .toString());
                    });
        }
        Json.answer(context, 200, Json.object().set("messages", messages));
    }
}

package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import lull.standins.http.AdjustableClock;
import lull.standins.http.Json;
import org.junit.jupiter.api.Test;

final class ReplayBookTest {
    private final ReplayBook book = new ReplayBook(new AdjustableClock());
    private final ReplayBook.Key key = new ReplayBook.Key(Operation.SEND_MESSAGE, "customer", "token");
    private final AtomicInteger performed = new AtomicInteger();

    private ObjectNode perform() {
        return Json.object().put("number", performed.incrementAndGet());
    }

    @Test
    void callsThatComeAtTheSameTimeArePerformedOnce() throws Exception {
        Set<ObjectNode> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ObjectNode>> calls = new ArrayList<>();
            for (int call = 0; call < 50; call++) {
                calls.add(threads.submit(() -> book.answer(key, this::perform)));
            }
            for (Future<ObjectNode> call : calls) {
                answers.add(call.get());
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(performed).hasValue(1);
    }

    @Test
    void anErrorIsNotRemembered() {
        assertThatThrownBy(() -> book.answer(key, () -> {
                    throw ApiException.validation("no");
                }))
                .isInstanceOf(ApiException.class);
        assertThat(book.answer(key, this::perform).get("number").asInt()).isEqualTo(1);
    }

    @Test
    void theSameTokenOfAnotherOperationOrCallerIsAnother() {
        book.answer(key, this::perform);
        book.answer(new ReplayBook.Key(Operation.SEND_EVENT, "customer", "token"), this::perform);
        book.answer(new ReplayBook.Key(Operation.SEND_MESSAGE, "other", "token"), this::perform);
        assertThat(performed).hasValue(3);
    }
}

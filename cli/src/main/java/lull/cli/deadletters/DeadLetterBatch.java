package lull.cli.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Collects dead letters until there are enough for a transaction. For one thread.
public final class DeadLetterBatch {

    /// How many dead letters are handled in one transaction, and about how many bytes.
    private static final int MOST = 500;

    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final Consumer<List<DeadLetter>> handler;
    private List<DeadLetter> letters = new ArrayList<>();
    private long bytes;

    /// @param handler is called with each full batch
    public DeadLetterBatch(Consumer<List<DeadLetter>> handler) {
        this.handler = handler;
    }

    public void add(DeadLetter letter) {
        letters.add(letter);
        bytes += letter.bytes();
        if (letters.size() >= MOST || bytes >= MOST_BYTES) {
            flush();
        }
    }

    /// Handles what has been collected.
    public void flush() {
        if (!letters.isEmpty()) {
            handler.accept(letters);
            letters = new ArrayList<>();
            bytes = 0;
        }
    }
}

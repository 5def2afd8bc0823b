package lull.standins.connect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Page of a transcript, as GetTranscript cuts it out.
///
/// `nextIndex` is where the following page in the same direction begins, empty at the transcript's end.
record TranscriptPage(List<TranscriptItem> items, OptionalInt nextIndex) {
    enum Direction {
        FORWARD,
        BACKWARD
    }

    enum Order {
        ASCENDING,
        DESCENDING
    }

    /// Where reading begins.
    sealed interface Start {
        record Unset() implements Start {}

        record AtIndex(int index) implements Start {}

        record AtId(String id) implements Start {}

        record AtTime(Instant time) implements Start {}

        record MostRecent(int count) implements Start {}
    }

    /// At most `limit` items from `start` in `direction`, sorted by `order`. An unknown id gives an empty page.
    static TranscriptPage of(
            List<TranscriptItem> transcript, Start start, Direction direction, Order order, int limit) {
        int step = direction == Direction.FORWARD ? 1 : -1;
        OptionalInt first = firstIndex(transcript, start, direction);
        List<TranscriptItem> items = new ArrayList<>();
        int at = first.orElse(-1);
        while (at >= 0 && at < transcript.size() && items.size() < limit) {
            items.add(transcript.get(at));
            at += step;
        }
        boolean ascending = direction == Direction.FORWARD;
        if (ascending != (order == Order.ASCENDING)) {
            Collections.reverse(items);
        }
        boolean more = at >= 0 && at < transcript.size();
        return new TranscriptPage(List.copyOf(items), more ? OptionalInt.of(at) : OptionalInt.empty());
    }

    private static OptionalInt firstIndex(List<TranscriptItem> transcript, Start start, Direction direction) {
        return switch (start) {
            case Start.Unset _ -> OptionalInt.of(direction == Direction.FORWARD ? 0 : transcript.size() - 1);
            case Start.AtIndex at -> OptionalInt.of(at.index());
            case Start.MostRecent most -> OptionalInt.of(Math.max(0, transcript.size() - Math.max(1, most.count())));
            case Start.AtId at ->
                IntStream.range(0, transcript.size())
                        .filter(index -> transcript.get(index).id().equals(at.id()))
                        .findFirst();
            case Start.AtTime at -> nearest(transcript, at.time(), direction);
        };
    }

    private static OptionalInt nearest(List<TranscriptItem> transcript, Instant time, Direction direction) {
        return switch (direction) {
            case FORWARD ->
                IntStream.range(0, transcript.size())
                        .filter(index -> !transcript.get(index).at().isBefore(time))
                        .findFirst();
            case BACKWARD ->
                IntStream.range(0, transcript.size())
                        .filter(index -> !transcript.get(index).at().isAfter(time))
                        .max();
        };
    }

    /// The token of the page that follows in this direction, empty when there is none.
    Optional<String> nextToken(Direction direction) {
        return nextIndex.isPresent()
                ? Optional.of("%s-%d".formatted(direction, nextIndex.getAsInt()))
                : Optional.empty();
    }
}

package lull.archive.journey;

import java.util.List;

/// Steps that belong to an id, in the order in which they happened. Immutable.
///
/// @param isWhole false if there are more steps than are shown
public record Journey(String id, List<JourneyStep> steps, boolean isWhole) {

    public Journey {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        return "Journey[" + steps.size() + " steps]";
    }
}

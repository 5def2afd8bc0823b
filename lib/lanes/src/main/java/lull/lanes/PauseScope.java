package lull.lanes;

/// Extent of a pause: the records that cannot be handled until an operator helps, while all others
/// continue. The engine only compares scopes; the flows define their kinds.
///
/// @param kind such as `business_number`, in the words of metrics
/// @param name which one of that kind; empty if the kind has only one
public record PauseScope(String kind, String name) {

    /// Everything that the flow handles.
    public static final PauseScope PROCESS = new PauseScope("process", "");

    @Override
    public String toString() {
        return name.isEmpty() ? kind : kind + " " + name;
    }
}

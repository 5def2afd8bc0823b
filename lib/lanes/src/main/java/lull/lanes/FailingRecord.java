package lull.lanes;

/// Record whose handling fails unexpectedly and is retried; all other keys continue.
///
/// @param place topic, partition and offset, such as `whatsapp.turn.closed-3@17`
/// @param cause the exception and where it was thrown, without anything personal
public record FailingRecord(String place, String cause) {}

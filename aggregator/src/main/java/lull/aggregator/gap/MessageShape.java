package lull.aggregator.gap;

import java.util.Set;

/// What a message looks like: all that the adaptive gap looks at, without the text.
///
/// @param length in characters of the trimmed text; 0 for a message without text
/// @param traits a set of [Trait]s, as bits
public record MessageShape(int length, Ending ending, int traits) {

    /// The shape of a message without text.
    public static final MessageShape MEDIA = new MessageShape(0, Ending.UNKNOWN, Trait.MEDIA.bit());

    public MessageShape {
        if (length < 0) {
            throw new IllegalArgumentException("A message has at least 0 characters, not " + length);
        }
    }

    /// Creates the shape of a message with these traits.
    public static MessageShape of(int length, Ending ending, Set<Trait> traits) {
        int bits = 0;
        for (Trait trait : traits) {
            bits |= trait.bit();
        }
        return new MessageShape(length, ending, bits);
    }

    /// Returns the shape with one more trait.
    public MessageShape with(Trait trait) {
        return new MessageShape(length, ending, traits | trait.bit());
    }

    /// Whether it is anything else than a text, such as a file.
    public boolean isMedia() {
        return has(Trait.MEDIA);
    }

    boolean has(Trait trait) {
        return (traits & trait.bit()) != 0;
    }
}

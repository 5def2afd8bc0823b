package lull.aggregator.gap;

/// Something about a message that tells whether another one follows.
public enum Trait {
    MEDIA(1),
    /// It starts with a lowercase letter.
    LOWERCASE(2),
    /// It starts with a word that joins it to the message before, such as "and".
    JOINING_WORD(4),
    /// It is only a greeting.
    GREETING(8),
    URL(16),
    /// It corrects the message before, or has neither letters nor digits.
    CORRECTION(32),
    /// It ends in a word that needs another one, such as "the".
    OPEN_END(64),
    /// It only acknowledges, such as "ok".
    ACKNOWLEDGEMENT(128);

    private final int bit;

    Trait(int bit) {
        this.bit = bit;
    }

    /// Its bit in [MessageShape#traits], which is also that of recorded conversations.
    public int bit() {
        return bit;
    }
}

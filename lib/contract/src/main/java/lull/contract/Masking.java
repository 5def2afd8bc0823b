package lull.contract;

/// Masked form of a phone number or user id, for logs.
public final class Masking {

    private static final int SHOWN = 4;

    private Masking() {}

    /// Returns the last four characters after a mask; everything is masked if there are at most four.
    public static String masked(String personal) {
        return personal.length() <= SHOWN ? "****" : "****" + personal.substring(personal.length() - SHOWN);
    }
}

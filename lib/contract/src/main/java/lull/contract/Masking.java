package lull.contract;

/// Masked form of a phone number or user id, for logs.
public final class Masking {

    private static final int SHOWN = 4;

    private Masking() {}

    /// The last four characters behind a mask; all of it is masked where there are no more than four.
    public static String masked(String personal) {
        return personal.length() <= SHOWN ? "****" : "****" + personal.substring(personal.length() - SHOWN);
    }
}

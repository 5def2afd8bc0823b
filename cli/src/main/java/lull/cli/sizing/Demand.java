package lull.cli.sizing;

/// Traffic that an installation must handle. Pure.
///
/// @param rate messages of customers per second at the peak
/// @param perTurn messages in a turn
/// @param answersPerTurn answers to a turn
/// @param turnsPerChat turns in a chat
/// @param chatMinutes minutes from the start of a chat to its end
/// @param meanToPeak ratio of the messages per second over a day to those at the peak
public record Demand(
        double rate,
        double perTurn,
        double answersPerTurn,
        double turnsPerChat,
        double chatMinutes,
        double meanToPeak) {

    private static final double SECONDS_A_DAY = 86_400;

    /// Returns the traffic with the usual chats: five turns in half an hour.
    public static Demand usual(double rate, double perTurn, double answersPerTurn, double meanToPeak) {
        return new Demand(rate, perTurn, answersPerTurn, 5, 30, meanToPeak);
    }

    /// Returns the turns per second at the peak.
    public double turns() {
        return rate / perTurn;
    }

    /// Returns the answers per second at the peak.
    public double answers() {
        return turns() * answersPerTurn;
    }

    /// Returns the chats that are opened per second at the peak.
    public double newChats() {
        return turns() / turnsPerChat;
    }

    /// Returns the chats that are open at a time at the peak.
    public double openChats() {
        return newChats() * chatMinutes * 60;
    }

    /// Returns the chats of a day.
    double chatsADay() {
        return newChats() * meanToPeak * SECONDS_A_DAY;
    }

    /// Returns the messages of a number of days.
    double messages(double days) {
        return rate * meanToPeak * SECONDS_A_DAY * days;
    }
}

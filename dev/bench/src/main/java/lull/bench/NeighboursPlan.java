package lull.bench;

/// Plan of how a business number is measured beside a neighbour.
///
/// @param rounds of each kind of neighbour
/// @param seconds of a round
/// @param perSecond turns, and replies, of the number and as many of its neighbour
/// @param conversations of each number
record NeighboursPlan(int rounds, int seconds, int perSecond, int conversations) {

    private static final int LONGEST_SECONDS = 3_600;
    private static final int MOST = 100_000;

    NeighboursPlan {
        require(rounds >= 1 && rounds <= 1_000, "--rounds must be from 1 to 1000");
        require(seconds >= 1 && seconds <= LONGEST_SECONDS, "--seconds must be from 1 to 3600");
        require(perSecond >= 1 && perSecond <= MOST, "--rate must be from 1 to 100000");
        require(conversations >= 1 && conversations <= MOST, "--conversations must be from 1 to 100000");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

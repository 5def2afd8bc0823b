package lull.bench;

import java.util.List;

/// Plan of what the memory of a bridge is filled with.
///
/// @param chats the numbers of open chats
/// @param turns of each chat, and as many replies
/// @param quotes messages whose first words are remembered
record MemoryPlan(List<Integer> chats, int turns, int quotes) {

    MemoryPlan {
        chats = List.copyOf(chats);
        require(
                !chats.isEmpty() && chats.stream().allMatch(number -> number >= 1 && number <= 10_000_000),
                "--chats must be from 1 to 10000000");
        require(turns >= 1 && turns <= 1_000, "--turns must be from 1 to 1000");
        require(quotes >= 1 && quotes <= 1_000_000, "--quotes must be from 1 to 1000000");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

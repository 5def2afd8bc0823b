package lull.archive.query;

/// How many messages of customers reached Amazon Connect in a time, and as how many chat messages.
///
/// @param turns whose last part was accepted in the time
/// @param messages of customers in these turns
/// @param oneByOne as how many chat messages these would have come one by one, at least: a long text is several
///     chat messages, with other texts or alone
/// @param connectMessages parts of turns that were accepted in the time
record TotalsView(long turns, long messages, long oneByOne, long connectMessages) {}

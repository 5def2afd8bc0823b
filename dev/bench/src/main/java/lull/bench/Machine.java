package lull.bench;

/// The machine that a benchmark runs on.
final class Machine {

    private Machine() {}

    /// Processors, system and Java, in words.
    static String words() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }
}

package lull.applications.assistant;

import java.time.Duration;

/// Port of a language model. Safe for several threads.
interface Model {

    /// Asks the model once, and waits for its whole answer.
    ///
    /// @param instructions of the business, and nothing else
    /// @param turn what the customer wrote, as JSON
    /// @param limit how long it may take
    Completion complete(String instructions, String turn, Duration limit) throws InterruptedException;
}

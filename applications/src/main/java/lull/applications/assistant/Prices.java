package lull.applications.assistant;

import java.math.BigDecimal;

/// Prices of a language model. Immutable.
///
/// @param input for a million tokens that it reads
/// @param output for a million tokens that it writes
record Prices(BigDecimal input, BigDecimal output) {

    private static final int MILLION = 6;

    BigDecimal cost(long inputTokens, long outputTokens) {
        return input.multiply(BigDecimal.valueOf(inputTokens))
                .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                .movePointLeft(MILLION);
    }
}

/// Figures of the processes: scraped from their admin ports, and kept for a day in memory.
@NullMarked
package lull.console.figures;

import org.jspecify.annotations.NullMarked;

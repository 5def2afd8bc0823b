/// `lull bench archive`: how fast the archive writes, and how fast it answers.
@NullMarked
package lull.bench.archive;

import org.jspecify.annotations.NullMarked;

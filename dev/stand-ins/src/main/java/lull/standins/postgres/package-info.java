/// A PostgreSQL server for tests and benchmarks.
@NullMarked
package lull.standins.postgres;

import org.jspecify.annotations.NullMarked;

/// Sizes of an installation for a given traffic: `lull sizing`.
@NullMarked
package lull.cli.sizing;

import org.jspecify.annotations.NullMarked;

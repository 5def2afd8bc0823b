/// `lull completion`: scripts by which shells complete command lines.
@NullMarked
package lull.cli.completion;

import org.jspecify.annotations.NullMarked;

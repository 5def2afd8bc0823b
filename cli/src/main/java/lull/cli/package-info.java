/// `bin/lull`: one command, one file a subcommand.
@NullMarked
package lull.cli;

import org.jspecify.annotations.NullMarked;

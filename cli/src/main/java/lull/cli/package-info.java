/// Command line `bin/lull`: one command, with one file per subcommand.
@NullMarked
package lull.cli;

import org.jspecify.annotations.NullMarked;

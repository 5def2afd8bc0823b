/// Output of commands for programs: the option `--json`.
@NullMarked
package lull.cli.json;

import org.jspecify.annotations.NullMarked;

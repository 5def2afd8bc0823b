/// What an installation costs, with Lull and without it: `lull cost`.
@NullMarked
package lull.cli.cost;

import org.jspecify.annotations.NullMarked;

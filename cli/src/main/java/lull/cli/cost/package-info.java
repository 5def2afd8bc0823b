/// Costs of an installation, with Lull and without it: `lull cost`.
@NullMarked
package lull.cli.cost;

import org.jspecify.annotations.NullMarked;

/// How fast Lull is, measured beside baselines in processes of their own.
@NullMarked
package lull.bench;

import org.jspecify.annotations.NullMarked;

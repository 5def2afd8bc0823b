/// Settings, by environment, file or default.
@NullMarked
package lull.runtime.settings;

import org.jspecify.annotations.NullMarked;

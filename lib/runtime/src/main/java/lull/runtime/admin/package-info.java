/// Admin port: health, metrics and information.
@NullMarked
package lull.runtime.admin;

import org.jspecify.annotations.NullMarked;

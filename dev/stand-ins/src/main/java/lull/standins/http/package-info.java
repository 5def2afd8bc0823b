/// What the stand-ins share: one HTTP port, its control routes, and its fault switches.
@NullMarked
package lull.standins.http;

import org.jspecify.annotations.NullMarked;

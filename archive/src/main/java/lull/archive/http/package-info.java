/// The archive's HTTP API.
@NullMarked
package lull.archive.http;

import org.jspecify.annotations.NullMarked;

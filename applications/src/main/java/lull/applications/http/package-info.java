/// Applications that are called over HTTP.
@NullMarked
package lull.applications.http;

import org.jspecify.annotations.NullMarked;

/// HTTP port of the pages: routes, guards and forms.
@NullMarked
package lull.console.http;

import org.jspecify.annotations.NullMarked;

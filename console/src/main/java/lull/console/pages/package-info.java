/// Contents of the pages, and the templates that write them as HTML.
@NullMarked
package lull.console.pages;

import org.jspecify.annotations.NullMarked;

/// Dead letters as operators handle them: read, tried, sent again and discarded.
@NullMarked
package lull.cli.deadletters;

import org.jspecify.annotations.NullMarked;

/// What another gap would do, from the conversations of the archive.
@NullMarked
package lull.cli.advice;

import org.jspecify.annotations.NullMarked;

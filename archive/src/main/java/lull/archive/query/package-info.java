/// What the archive shows: pages of conversations, messages and failures, newest first.
@NullMarked
package lull.archive.query;

import org.jspecify.annotations.NullMarked;

/// Transcripts of voice notes.
@NullMarked
package lull.voice;

import org.jspecify.annotations.NullMarked;

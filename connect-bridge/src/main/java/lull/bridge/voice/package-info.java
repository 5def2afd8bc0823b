/// Voice notes in words: transcripts that follow the notes into the chat.
@NullMarked
package lull.bridge.voice;

import org.jspecify.annotations.NullMarked;

/// Transcripts of voice notes for agents.
@NullMarked
package lull.bridge.inbound.transcripts;

import org.jspecify.annotations.NullMarked;

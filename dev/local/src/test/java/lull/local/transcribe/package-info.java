/// A stand-in of Amazon Transcribe's streaming API, for tests.
@NullMarked
package lull.local.transcribe;

import org.jspecify.annotations.NullMarked;

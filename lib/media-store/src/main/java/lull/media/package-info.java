/// Store of the files that pass through Lull: in a folder or in a bucket of S3, by the digest of their
/// bytes.
@NullMarked
package lull.media;

import org.jspecify.annotations.NullMarked;

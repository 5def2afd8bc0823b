/// A stand-in of the part of Amazon S3 that the bridge uses: objects in buckets, in memory, and presigned links.
@NullMarked
package lull.standins.s3;

import org.jspecify.annotations.NullMarked;

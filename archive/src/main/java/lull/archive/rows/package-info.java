/// Records of the topics as rows; pure.
@NullMarked
package lull.archive.rows;

import org.jspecify.annotations.NullMarked;

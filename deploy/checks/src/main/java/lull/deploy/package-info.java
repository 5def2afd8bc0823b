/// Tests that hold the files of deploy/ to the code.
@NullMarked
package lull.deploy;

import org.jspecify.annotations.NullMarked;

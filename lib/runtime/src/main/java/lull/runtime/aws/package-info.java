/// Common parts of all AWS clients: credentials, errors and identifiers.
@NullMarked
package lull.runtime.aws;

import org.jspecify.annotations.NullMarked;

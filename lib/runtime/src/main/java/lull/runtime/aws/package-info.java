/// What every client of AWS shares: credentials, errors and identifiers.
@NullMarked
package lull.runtime.aws;

import org.jspecify.annotations.NullMarked;

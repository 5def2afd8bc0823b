/// Applications that are functions of AWS Lambda.
@NullMarked
package lull.applications.lambda;

import org.jspecify.annotations.NullMarked;

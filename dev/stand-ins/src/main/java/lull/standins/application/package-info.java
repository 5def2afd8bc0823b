/// A small application that answers turns, in place of a business's own.
@NullMarked
package lull.standins.application;

import org.jspecify.annotations.NullMarked;

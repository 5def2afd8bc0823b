/// Stand-in of a language model.
@NullMarked
package lull.standins.model;

import org.jspecify.annotations.NullMarked;

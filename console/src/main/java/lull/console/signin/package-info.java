/// Operators: who they are, and how long they stay signed in.
@NullMarked
package lull.console.signin;

import org.jspecify.annotations.NullMarked;

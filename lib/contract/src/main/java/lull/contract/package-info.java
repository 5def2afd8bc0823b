/// Words that every topic shares: business numbers, customers and conversations.
@NullMarked
package lull.contract;

import org.jspecify.annotations.NullMarked;

/// Words both ways: turns as agents read them, quotes, splitting, markdown and interactive messages. Pure.
@NullMarked
package lull.bridge.text;

import org.jspecify.annotations.NullMarked;

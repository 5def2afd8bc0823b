/// Texts in both directions: turns as agents read them, quotes, splitting, Markdown and interactive
/// messages.
@NullMarked
package lull.text;

import org.jspecify.annotations.NullMarked;

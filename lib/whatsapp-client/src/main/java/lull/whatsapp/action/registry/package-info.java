/// The list of all actions.
@NullMarked
package lull.whatsapp.action.registry;

import org.jspecify.annotations.NullMarked;

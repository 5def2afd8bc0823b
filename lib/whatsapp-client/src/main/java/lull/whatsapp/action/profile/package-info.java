/// Actions: business profile and username.
@NullMarked
package lull.whatsapp.action.profile;

import org.jspecify.annotations.NullMarked;

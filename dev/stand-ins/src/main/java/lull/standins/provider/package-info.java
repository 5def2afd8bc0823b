/// Another provider's API for messages, in the forms of z-api and of the Evolution API.
@NullMarked
package lull.standins.provider;

import org.jspecify.annotations.NullMarked;

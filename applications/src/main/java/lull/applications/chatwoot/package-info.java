/// Chatwoot as an application: turns become messages in a conversation of its inbox, and agents there
/// learn what became of their answers.
@NullMarked
package lull.applications.chatwoot;

import org.jspecify.annotations.NullMarked;

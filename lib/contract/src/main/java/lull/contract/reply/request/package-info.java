/// How programs of the business ask for replies: the JSON that is common to `POST /replies` and to what applications
/// answer.
@NullMarked
package lull.contract.reply.request;

import org.jspecify.annotations.NullMarked;

/// What became of replies that applications asked for, followed on the topics and told over HTTP.
@NullMarked
package lull.ingress.reply.status;

import org.jspecify.annotations.NullMarked;

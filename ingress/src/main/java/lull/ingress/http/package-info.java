/// HTTP routes and queues by which webhooks arrive, and their answers.
@NullMarked
package lull.ingress.http;

import org.jspecify.annotations.NullMarked;

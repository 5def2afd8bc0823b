/// The ways by which webhooks arrive, HTTP and queues, and how they are answered.
@NullMarked
package lull.ingress.http;

import org.jspecify.annotations.NullMarked;

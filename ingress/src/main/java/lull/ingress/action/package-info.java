/// Actions of the business on WhatsApp by HTTP: who may perform them, what was performed, and the routes.
@NullMarked
package lull.ingress.action;

import org.jspecify.annotations.NullMarked;

/// Actions: analytics.
@NullMarked
package lull.whatsapp.action.analytics;

import org.jspecify.annotations.NullMarked;

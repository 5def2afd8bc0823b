/// Where turns go: rules, the share of conversations that a rule takes, and which rules are in force. Pure.
@NullMarked
package lull.aggregator.route;

import org.jspecify.annotations.NullMarked;

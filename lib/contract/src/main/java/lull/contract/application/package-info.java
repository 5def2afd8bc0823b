/// What applications that get turns have answered: the values of `application.turn.handled`.
@NullMarked
package lull.contract.application;

import org.jspecify.annotations.NullMarked;

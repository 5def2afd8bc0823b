/// Catalogue of topics that services, CLI, local broker and docs share.
@NullMarked
package lull.contract.topic;

import org.jspecify.annotations.NullMarked;

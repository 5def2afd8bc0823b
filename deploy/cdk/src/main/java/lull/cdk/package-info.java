/// AWS CDK app: the stacks of an installation. `LullApp` is the entry, `LullStacks` shows how the
/// stacks fit together.
@NullMarked
package lull.cdk;

import org.jspecify.annotations.NullMarked;

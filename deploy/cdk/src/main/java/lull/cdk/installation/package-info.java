/// The file that describes an installation, as typed records. Pure: it knows nothing about the AWS CDK.
@NullMarked
package lull.cdk.installation;

import org.jspecify.annotations.NullMarked;

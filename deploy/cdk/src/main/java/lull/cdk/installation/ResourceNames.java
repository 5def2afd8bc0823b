package lull.cdk.installation;

import lull.runtime.aws.AwsAccount;

/// Names of what an installation has in AWS. They are fixed, so that settings and policies can name a
/// resource before it exists, also in another Region. Pure.
public final class ResourceNames {

    private final Installation installation;

    /// Creates the names of an installation.
    public ResourceNames(Installation installation) {
        this.installation = installation;
    }

    /// Returns the partition of the Region.
    public String partition() {
        String region = installation.region();
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /// Returns the account, as policies of Lull need it.
    public AwsAccount account() {
        return new AwsAccount(partition(), installation.account());
    }

    /// Returns a name that begins with that of the installation.
    public String of(String rest) {
        return installation.name() + "-" + rest;
    }

    /// Returns the ARN of a resource of the account.
    public String arn(String service, String region, String resource) {
        return account().arn(service, region, resource);
    }

    /// Returns the ARN of the topic to which the chats of a Region are streamed.
    public String chatTopicArn(String region) {
        return arn("sns", region, of("chats"));
    }

    /// Returns the ARN of the topic of AWS End User Messaging.
    public String webhookTopicArn() {
        return arn("sns", installation.region(), of("webhooks"));
    }

    /// Returns the URL of a queue.
    ///
    /// @param rest of its name
    public String queueUrl(String rest) {
        String suffix = partition().equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://sqs." + installation.region() + "." + suffix + "/" + installation.account() + "/" + of(rest);
    }

    /// Returns the name of a bucket, which must be unique in all of AWS.
    public String bucket(String rest) {
        return of(rest) + "-" + installation.account() + "-" + installation.region();
    }

    /// Returns the name of the parameter of AWS Systems Manager that has the ids of a customer while an erasure runs.
    public String erasedIds() {
        return "/lull/" + installation.name() + "/erase";
    }

    /// Returns the domain of the processes' names, which are known only in the network of the installation.
    public String domain() {
        return installation.name() + ".internal";
    }

    /// Returns the name that has the addresses of all tasks of a process.
    public String host(String process) {
        return process + "." + domain();
    }

    /// Returns the name of the log group of a process.
    public String logGroup(String process) {
        return "/lull/" + installation.name() + "/" + process;
    }
}

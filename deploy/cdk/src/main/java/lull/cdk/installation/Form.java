package lull.cdk.installation;

import java.util.regex.Pattern;

/// Form that a text of an installation's file must have, with the words by which a wrong one is
/// reported.
enum Form {
    /// Also the name of a load balancer, which has rules of its own for hyphens.
    NAME(
            "(?!internal-)[a-z][a-z0-9-]{0,18}[a-z0-9]",
            "2 to 20 lower-case letters, digits and hyphens, which begin with a letter (but not with internal-) and do"
                    + " not end with a hyphen"),
    ACCOUNT("[0-9]{12}", "the twelve digits of an AWS account, in quotes"),
    REGION("[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}", "an AWS Region, such as eu-central-1"),
    ZONE("[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}[a-z]", "an availability zone, such as eu-central-1a"),
    CIDR("([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}", "a range of addresses, such as 10.40.0.0/16"),
    VPC("vpc-[0-9a-f]{8,17}", "the id of a VPC, such as vpc-0123456789abcdef0"),
    SUBNET("subnet-[0-9a-f]{8,17}", "the id of a subnet, such as subnet-0123456789abcdef0"),
    GROUP("sg-[0-9a-f]{8,17}", "the id of a security group, such as sg-0123456789abcdef0"),
    CLUSTER(
            "arn:aws[a-z-]*:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9-]+/[A-Za-z0-9-]+",
            "the ARN of a cluster of Amazon MSK"),
    BROKERS("[A-Za-z0-9.-]+:[0-9]{2,5}(,[A-Za-z0-9.-]+:[0-9]{2,5})*", "host:port of brokers, separated by commas"),
    BROKER_TYPE("[a-z0-9]+\\.[a-z0-9]+", "a type of brokers without its prefix, such as m7g.large"),
    VERSION("[0-9]+\\.[0-9]+\\.[0-9x]+(\\.kraft)?", "a version of Kafka as in MSK, such as 3.9.x"),
    NUMBER("[0-9]{1,30}", "WhatsApp's phone_number_id in quotes"),
    UUID("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an id of Amazon Connect, not its ARN"),
    MESSAGING_NUMBER("phone-number-id-[0-9a-f]{32}", "the id of a number, which begins with phone-number-id-"),
    MESSAGING_ACCOUNT("waba-[0-9a-f]{32}", "the id of a WhatsApp business account, which begins with waba-"),
    HOST("[a-z0-9-]+(\\.[a-z0-9-]+)+", "the name of a host, such as lull.example.com"),
    CERTIFICATE(
            "arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}",
            "the ARN of a certificate of AWS Certificate Manager"),
    HOSTED_ZONE("Z[A-Z0-9]{5,31}", "the id of a hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ"),
    SECRET(
            "arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}",
            "the ARN of a secret of AWS Secrets Manager with the six characters at its end"),
    KEY("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-f-]{36}", "the ARN of a key of AWS KMS"),
    DATABASE(
            "jdbc:postgresql://[A-Za-z0-9.-]+(:5432)?/[A-Za-z0-9_-]+(\\?[A-Za-z0-9_=&./-]+)?",
            "the address of a PostgreSQL at port 5432, such as jdbc:postgresql://db.example.com/lull?sslmode=verify-full"),
    DATABASE_USER("[A-Za-z_][A-Za-z0-9_-]{0,62}", "the name of a user of PostgreSQL"),
    DATABASE_INSTANCE("[a-z0-9]+\\.[a-z0-9]+", "a class of Amazon RDS without its prefix, such as t4g.medium"),
    MAIL("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", "a mail address"),
    LINK("https://\\S+", "an address that begins with https://"),
    REGISTRY(
            "[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?(/[a-z0-9._/-]+)?",
            "a registry of Amazon ECR with a prefix of its repositories, such as"
                    + " 123456789012.dkr.ecr.eu-central-1.amazonaws.com/lull"),
    IMAGE(
            "[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}(@sha256:[0-9a-f]{64})?",
            "an image with its registry and tag, such as registry.example.com/collector:1.0"),
    COLLECTOR(
            "https?://[A-Za-z0-9.-]+:[1-9][0-9]{1,4}",
            "the address of a collector of OpenTelemetry with its port, such as http://collector.internal:4318"),
    SHARE("0|1|0\\.[0-9]{1,6}", "a number from 0 to 1, such as 0.01"),
    TAG("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", "the tag of an image, such as 0.1.0");

    private final Pattern pattern;
    private final String words;

    Form(String pattern, String words) {
        this.pattern = Pattern.compile(pattern);
        this.words = words;
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /// Returns how the form is described after "must be".
    String words() {
        return words;
    }
}

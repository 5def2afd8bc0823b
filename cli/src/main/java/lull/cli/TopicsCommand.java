package lull.cli;

import picocli.CommandLine.Command;

/// `lull topics`: plans, lists, creates, checks and repartitions the topics of an installation, and
/// prints their ACLs.
@Command(
        name = "topics",
        description = "Plans, lists, creates, checks and repartitions Lull's topics, and prints their ACLs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TopicsListCommand.class,
            TopicsCreateCommand.class,
            TopicsCheckCommand.class,
            TopicsRepartitionCommand.class,
            TopicsAclsCommand.class,
            TopicsPlanCommand.class
        })
final class TopicsCommand {}

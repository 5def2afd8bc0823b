package lull.cli;

import picocli.CommandLine.Command;

/// `lull campaign`: a template to many customers.
@Command(
        name = "campaign",
        description = "Sends a template to many customers, whose answers open chats with a note and attributes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CampaignSendCommand.class)
final class CampaignCommand {}

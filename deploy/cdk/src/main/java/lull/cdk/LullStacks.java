package lull.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cdk.installation.KafkaChoice;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/// Stacks of an installation. Each one uses what those before it have created.
///
/// @param kafka empty if the cluster exists
/// @param database empty if nothing is archived, or if the database exists
/// @param chatsElsewhere one for each further Region that has chats
record LullStacks(
        NetworkStack network,
        Optional<KafkaStack> kafka,
        Optional<DatabaseStack> database,
        MessagingStack messaging,
        List<ChatsStack> chatsElsewhere,
        CommandsStack commands,
        ServicesStack services,
        AlarmsStack alarms) {

    /// Creates an app for [#add].
    static App app() {
        // A stack whose values others use cannot be deleted before them.
        return new App(AppProps.builder()
                .context(Map.of("@aws-cdk/core:defaultCrossStackReferences", "strong"))
                .build());
    }

    /// Adds the stacks of an installation to an app, and the checks of cdk-nag.
    static LullStacks add(App app, Installation installation) {
        Scope scope = new Scope(app, installation);
        NetworkStack network = new NetworkStack(scope, "network");
        Optional<KafkaStack> kafka = switch (installation.kafka()) {
            case KafkaChoice.Provisioned provisioned ->
                Optional.of(new KafkaStack(scope, "kafka", network, provisioned));
            case KafkaChoice.Existing _ -> Optional.empty();
        };
        KafkaCluster cluster = switch (installation.kafka()) {
            case KafkaChoice.Provisioned _ -> kafka.orElseThrow().cluster();
            case KafkaChoice.Existing existing -> new KafkaCluster(existing.arn(), existing.bootstrap());
        };
        MessagingStack messaging = new MessagingStack(scope, "messaging", network);
        List<ChatsStack> elsewhere = new ArrayList<>();
        installation.numbers().stream()
                .map(BusinessNumber::region)
                .distinct()
                .filter(region -> !region.equals(installation.region()))
                .forEach(region -> elsewhere.add(new ChatsStack(scope, region, messaging)));
        Optional<DatabaseStack> created = installation
                .archive()
                .filter(ArchiveDatabaseChoice.Created.class::isInstance)
                .map(ArchiveDatabaseChoice.Created.class::cast)
                .map(choice -> new DatabaseStack(scope, "database", network, choice));
        Optional<ArchiveDatabase> archive = installation.archive().map(choice -> switch (choice) {
            case ArchiveDatabaseChoice.Created _ -> created.orElseThrow().database();
            case ArchiveDatabaseChoice.Existing existing -> ArchiveDatabase.of(existing);
        });
        CommandsStack commands = new CommandsStack(scope, "commands", network, cluster, messaging, archive);
        ServicesStack services =
                new ServicesStack(scope, "services", network, cluster, messaging, commands.cluster(), archive);
        AlarmsStack alarms = new AlarmsStack(scope, "alarms", services);
        // Tasks start when the queues exist.
        services.addStackDependency(messaging);
        kafka.ifPresent(alarms::addStackDependency);
        alarms.addStackDependency(messaging);
        Tags.of(app).add("lull", installation.name());
        Aspects.of(app).add(new AwsSolutionsChecks());
        return new LullStacks(network, kafka, created, messaging, elsewhere, commands, services, alarms);
    }

    /// Returns all stacks.
    List<Stack> all() {
        List<Stack> all = new ArrayList<>(List.of(network, messaging));
        kafka.ifPresent(all::add);
        database.ifPresent(all::add);
        all.addAll(chatsElsewhere);
        all.addAll(List.of(commands, services, alarms));
        return all;
    }

    /// App and installation to which a stack belongs.
    record Scope(App app, Installation installation) {

        /// Returns the properties of a stack in the Region of the installation.
        StackProps props(String description) {
            return props(description, installation.region());
        }

        StackProps props(String description, String region) {
            return StackProps.builder()
                    .env(Environment.builder()
                            .account(installation.account())
                            .region(region)
                            .build())
                    .description("Lull, " + installation.name() + ": " + description)
                    .crossRegionReferences(false)
                    .terminationProtection(installation.isProtected())
                    .tags(Map.of())
                    .build();
        }

        /// Returns the id of a stack.
        String id(String rest) {
            return installation.name() + "-" + rest;
        }
    }
}

package lull.cdk;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.cdk.installation.ApplicationDestinations;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.KafkaChoice;
import lull.cdk.installation.Ports;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;

/// Security groups of the load balancer, of each process and of Kafka, with all of their rules. Nothing
/// else may connect, and only the load balancer can be reached from outside.
final class SecurityGroups extends Construct {

    private final Optional<ISecurityGroup> balancer;
    private final Optional<ISecurityGroup> consoleBalancer;
    private final ISecurityGroup kafka;
    private final Optional<ISecurityGroup> database;
    private final Map<LullProcess, ISecurityGroup> processes = new EnumMap<>(LullProcess.class);

    SecurityGroups(Construct scope, IVpc vpc, Installation installation) {
        super(scope, "Groups");
        this.balancer = installation.doors().isOpen()
                ? Optional.of(group(vpc, "Balancer", "Load balancer of Lull"))
                : Optional.empty();
        this.kafka = kafka(vpc, installation);
        for (LullProcess process : LullProcess.values()) {
            if (!process.isPartOf(installation)) {
                continue;
            }
            ISecurityGroup group = group(vpc, StackIds.capitalized(process.word()), "Lull " + process.word());
            processes.put(process, group);
            group.addEgressRule(Peer.anyIpv4(), Port.tcp(Ports.HTTPS), "AWS and WhatsApp");
            if (process.access().isPresent()) {
                connect(group, kafka, Ports.KAFKA_IAM, "Kafka");
            }
        }
        balancer.ifPresent(group -> open(group, of(LullProcess.INGRESS)));
        ISecurityGroup aggregator = of(LullProcess.AGGREGATOR);
        connect(aggregator, aggregator, Ports.AGGREGATOR, "Gaps between aggregators");
        connect(of(LullProcess.GAP), aggregator, Ports.AGGREGATOR, "Gaps of operators");
        LullProcess.services(installation)
                .forEach(service -> connect(of(LullProcess.DOCTOR), of(service), Ports.ADMIN, "Checks of the doctor"));
        this.database = installation.archive().map(choice -> archive(vpc, choice));
        this.consoleBalancer = installation
                .console()
                .flatMap(Installation.Console::door)
                .map(door -> consoleBalancer(vpc, door.from()));
        if (LullProcess.CONSOLE.isPartOf(installation)) {
            console(installation);
        }
        installation
                .traces()
                .ifPresent(traces -> LullProcess.services(installation)
                        .forEach(service -> of(service)
                                .addEgressRule(
                                        Peer.anyIpv4(),
                                        Port.tcp(traces.collector().getPort()),
                                        "Collector of traces")));
        for (int port : new ApplicationDestinations(installation).ports()) {
            for (LullProcess caller : List.of(LullProcess.APPLICATIONS, LullProcess.DOCTOR)) {
                of(caller).addEgressRule(Peer.anyIpv4(), Port.tcp(port), "Applications");
            }
        }
    }

    /// Returns the group of the load balancer; empty if there is none.
    Optional<ISecurityGroup> balancer() {
        return balancer;
    }

    /// Returns the group of the console's load balancer; empty if there is none.
    Optional<ISecurityGroup> consoleBalancer() {
        return consoleBalancer;
    }

    ISecurityGroup kafka() {
        return kafka;
    }

    ISecurityGroup of(LullProcess process) {
        return requireNonNull(processes.get(process));
    }

    /// Returns the group of the archive's database; empty if there is none.
    Optional<ISecurityGroup> database() {
        return database;
    }

    private ISecurityGroup archive(IVpc vpc, ArchiveDatabaseChoice choice) {
        ISecurityGroup group = switch (choice) {
            case ArchiveDatabaseChoice.Existing existing ->
                SecurityGroup.fromSecurityGroupId(this, "Database", existing.securityGroup());
            case ArchiveDatabaseChoice.Created _ -> group(vpc, "Database", "Database of Lull");
        };
        ISecurityGroup archive = of(LullProcess.ARCHIVE);
        connect(archive, group, Ports.DATABASE, "Archive");
        connect(of(LullProcess.DOCTOR), group, Ports.DATABASE, "Checks of the doctor");
        connect(of(LullProcess.DOCTOR), archive, Ports.ARCHIVE, "Checks of the doctor");
        connect(of(LullProcess.ERASE), archive, Ports.ARCHIVE, "Erasure");
        connect(of(LullProcess.ADVICE), archive, Ports.ARCHIVE, "Advice on gaps");
        for (String client : choice.clients()) {
            archive.addIngressRule(Peer.securityGroupId(client), Port.tcp(Ports.ARCHIVE), "Clients of the archive");
        }
        return group;
    }

    private ISecurityGroup consoleBalancer(IVpc vpc, List<String> from) {
        ISecurityGroup group = group(vpc, "ConsoleBalancer", "Load balancer of the console of Lull");
        from.forEach(network -> group.addIngressRule(Peer.ipv4(network), Port.tcp(Ports.HTTPS), "Operators"));
        return group;
    }

    private void console(Installation installation) {
        ISecurityGroup console = of(LullProcess.CONSOLE);
        LullProcess.services(installation).stream()
                .filter(service -> service != LullProcess.CONSOLE)
                .forEach(service -> connect(console, of(service), Ports.ADMIN, "Watch of the console"));
        connect(console, of(LullProcess.AGGREGATOR), Ports.AGGREGATOR, "Turns and gaps");
        if (LullProcess.ARCHIVE.isPartOf(installation)) {
            connect(console, of(LullProcess.ARCHIVE), Ports.ARCHIVE, "Conversations");
        }
        consoleBalancer.ifPresent(group -> {
            connect(group, console, Ports.CONSOLE, "Pages");
            connect(group, console, Ports.ADMIN, "Health check");
        });
    }

    private static void open(ISecurityGroup balancer, ISecurityGroup ingress) {
        balancer.addIngressRule(Peer.anyIpv4(), Port.tcp(Ports.HTTPS), "WhatsApp and applications");
        connect(balancer, ingress, Ports.INGRESS, "Webhooks");
        // The CDK opens the port of the traffic only, and without this one no target is ever healthy.
        connect(balancer, ingress, Ports.ADMIN, "Health check");
    }

    private ISecurityGroup kafka(IVpc vpc, Installation installation) {
        return switch (installation.kafka()) {
            case KafkaChoice.Existing existing ->
                SecurityGroup.fromSecurityGroupId(this, "Kafka", existing.securityGroup());
            case KafkaChoice.Provisioned _ -> group(vpc, "Kafka", "Kafka of Lull");
        };
    }

    private ISecurityGroup group(IVpc vpc, String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(vpc)
                .description(description)
                .allowAllOutbound(false)
                .build();
    }

    private static void connect(ISecurityGroup from, ISecurityGroup to, int port, String why) {
        from.addEgressRule(to, Port.tcp(port), why);
        to.addIngressRule(from, Port.tcp(port), why);
    }
}

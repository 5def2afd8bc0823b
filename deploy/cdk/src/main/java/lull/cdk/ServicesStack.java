package lull.cdk;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.logs.LogGroup;

/// The services and the load balancer.
final class ServicesStack extends Stack {

    private static final int CPU_PERCENT = 55;

    private final Installation installation;
    private final KafkaCluster kafka;
    private final Map<LullProcess, LullTask> tasks = new EnumMap<>(LullProcess.class);
    private final Map<LullProcess, FargateService> services = new EnumMap<>(LullProcess.class);
    private final Optional<LoadBalancer> balancer;

    ServicesStack(
            LullStacks.Scope scope,
            String id,
            NetworkStack network,
            KafkaCluster kafka,
            MessagingStack messaging,
            Cluster cluster,
            Optional<ArchiveDatabase> database) {
        super(scope.app(), scope.id(id), scope.props("services and load balancer"));
        this.installation = scope.installation();
        this.kafka = kafka;
        TaskRoles roles = new TaskRoles(installation, kafka, messaging.key());
        for (LullProcess process : LullProcess.services(installation)) {
            tasks.put(
                    process,
                    new LullTask(
                            this,
                            process,
                            installation,
                            size(process),
                            roles,
                            new LullTask.Addresses(kafka.bootstrap(), database),
                            network.logs()));
            services.put(process, service(process, cluster, network));
        }
        installation.operations().collector().ifPresent(image -> collect(image, network.logs()));
        if (installation.operations().exec()) {
            tasks.values().forEach(task -> NagReasons.sessions(task.definition().getTaskRole()));
        }
        // The order of docs/upgrading.md: each waits until the one before runs its new version.
        if (LullProcess.APPLICATIONS.isPartOf(installation)) {
            service(LullProcess.APPLICATIONS).getNode().addDependency(service(LullProcess.BRIDGE));
            service(LullProcess.AGGREGATOR).getNode().addDependency(service(LullProcess.APPLICATIONS));
        }
        service(LullProcess.AGGREGATOR).getNode().addDependency(service(LullProcess.BRIDGE));
        service(LullProcess.INGRESS).getNode().addDependency(service(LullProcess.AGGREGATOR));
        this.balancer = network.groups()
                .balancer()
                .map(group -> new LoadBalancer(this, installation, network, group, service(LullProcess.INGRESS)));
        installation
                .console()
                .flatMap(Installation.Console::door)
                .ifPresent(door -> new ConsoleBalancer(
                        this,
                        installation,
                        door,
                        network,
                        network.groups().consoleBalancer().orElseThrow(),
                        service(LullProcess.CONSOLE)));
        scaleIngress();
    }

    KafkaCluster kafka() {
        return kafka;
    }

    /// Returns the load balancer; empty if nobody is let in.
    Optional<LoadBalancer> balancer() {
        return balancer;
    }

    FargateService service(LullProcess process) {
        return Objects.requireNonNull(services.get(process));
    }

    LogGroup log(LullProcess process) {
        return task(process).log();
    }

    ServiceSize size(LullProcess process) {
        return switch (process) {
            case INGRESS -> installation.sizes().ingress();
            case AGGREGATOR -> installation.sizes().aggregator();
            case BRIDGE -> installation.sizes().bridge();
            case APPLICATIONS -> installation.sizes().applications();
            case ARCHIVE -> installation.sizes().archive();
            case CONSOLE -> installation.sizes().console();
            case TOPICS, DOCTOR, REPARTITION, DEAD_LETTERS, ERASE, ADVICE, GAP ->
                throw new IllegalArgumentException("No service");
        };
    }

    private void collect(String image, LogStore logs) {
        LogGroup log = logs.group(this, "Metrics", new ResourceNames(installation).logGroup("metrics"));
        MetricsCollector collector = new MetricsCollector(installation, image, log);
        tasks.forEach((process, task) -> collector.addTo(task, process));
    }

    private LullTask task(LullProcess process) {
        return Objects.requireNonNull(tasks.get(process));
    }

    private FargateService service(LullProcess process, Cluster cluster, NetworkStack network) {
        String name = new ResourceNames(installation).of(process.word());
        LullTask task = task(process);
        ISecurityGroup group = network.groups().of(process);
        return process == LullProcess.INGRESS
                ? LullService.scaled(
                        task,
                        name,
                        cluster,
                        task,
                        group,
                        isScaled()
                                ? Optional.empty()
                                : Optional.of(size(process).tasks()),
                        installation.doors().isOpen())
                : LullService.oneAfterTheOther(
                        task,
                        name,
                        cluster,
                        task,
                        size(process),
                        group,
                        process == LullProcess.CONSOLE
                                && network.groups().consoleBalancer().isPresent());
    }

    /// Whether the number of tasks of the ingress follows its CPU.
    private boolean isScaled() {
        return installation.sizes().ingressMax()
                > installation.sizes().ingress().tasks();
    }

    /// The ingress only: aggregators move state when their number changes, and bridges share the quotas
    /// of Amazon Connect.
    private void scaleIngress() {
        if (isScaled()) {
            service(LullProcess.INGRESS)
                    .autoScaleTaskCount(EnableScalingProps.builder()
                            .minCapacity(installation.sizes().ingress().tasks())
                            .maxCapacity(installation.sizes().ingressMax())
                            .build())
                    .scaleOnCpuUtilization(
                            "Cpu",
                            CpuUtilizationScalingProps.builder()
                                    .targetUtilizationPercent(CPU_PERCENT)
                                    .build());
        }
    }
}

package lull.cdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.cdk.installation.HeapSizes;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cdk.installation.LullSettings;
import lull.cdk.installation.Ports;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.RepositoryAttributes;
import software.amazon.awscdk.services.ecs.AwsLogDriverMode;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Capability;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.HealthCheck;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.SecretAttributes;
import software.amazon.awscdk.services.ssm.SecureStringParameterAttributes;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/// Task definition of a process: a container with a read-only root file system, without capabilities of
/// Linux, and with volumes for what it writes. With ECS Exec the root file system of a service can be written.
final class LullTask extends Construct {

    /// Folders that a process writes to, by the name of their volume.
    private static final Map<String, String> WRITABLE = Map.of("tmp", "/tmp", "state", "/var/lib/lull");

    /// Failures of the health check before a task is killed, and the seconds before the first one counts: the most
    /// that ECS allows.
    private static final int CHECKS = 10;

    private static final int START_SECONDS = 300;

    private final String word;
    private final FargateTaskDefinition definition;
    private final LogGroup log;
    private final boolean exec;

    /// What a process connects to.
    ///
    /// @param brokers their addresses
    /// @param database of the archive; empty if there is none
    record Addresses(String brokers, Optional<ArchiveDatabase> database) {}

    LullTask(
            Construct scope,
            LullProcess process,
            Installation installation,
            ServiceSize size,
            TaskRoles roles,
            Addresses addresses,
            LogStore logs) {
        super(scope, StackIds.capitalized(process.word()));
        this.word = process.word();
        Role role = roles.create(this, process);
        this.exec = process.isService() && installation.operations().exec();
        this.log = logs.group(this, "Log", new ResourceNames(installation).logGroup(process.word()));
        FargateTaskDefinition.Builder builder = FargateTaskDefinition.Builder.create(this, "Task")
                .family(new ResourceNames(installation).of(process.word()))
                .cpu(size.cpu())
                .memoryLimitMiB(size.memory())
                .taskRole(role)
                .runtimePlatform(RuntimePlatform.builder()
                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                        .cpuArchitecture(installation.images().isArm() ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64)
                        .build())
                .volumes(WRITABLE.keySet().stream()
                        .sorted()
                        .map(name -> Volume.builder().name(name).build())
                        .toList());
        if (size.disk() > ServiceSize.FREE_DISK) {
            builder.ephemeralStorageGiB(size.disk());
        }
        this.definition = builder.build();
        ContainerDefinition container =
                definition.addContainer("lull", container(process, installation, size, addresses));
        WRITABLE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(folder -> container.addMountPoints(MountPoint.builder()
                        .sourceVolume(folder.getKey())
                        .containerPath(folder.getValue())
                        .readOnly(false)
                        .build()));
        NagReasons.environment(definition);
        NagReasons.prefixes(definition, "ecr:GetAuthorizationToken has no resources that a policy could name");
    }

    /// Returns the name of its process.
    String word() {
        return word;
    }

    FargateTaskDefinition definition() {
        return definition;
    }

    LogGroup log() {
        return log;
    }

    /// Whether operators can open a session in it.
    boolean exec() {
        return exec;
    }

    private ContainerDefinitionOptions container(
            LullProcess process, Installation installation, ServiceSize size, Addresses addresses) {
        LinuxParameters linux = LinuxParameters.Builder.create(this, "Linux")
                // Ends what sessions of operators leave.
                .initProcessEnabled(exec)
                .build();
        linux.dropCapabilities(Capability.ALL);
        Map<String, String> environment = new LinkedHashMap<>(LullSettings.environment(installation));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.brokers());
        Map<String, Secret> secrets = secrets(process, installation);
        addresses.database().filter(_ -> process.usesDatabase()).ifPresent(database -> {
            environment.put(LullSettings.variable("archive.jdbc.url"), database.url());
            secrets.put(LullSettings.variable("archive.jdbc.password"), database.password(this));
        });
        if (process == LullProcess.CONSOLE) {
            LullSettings.console(installation, watched(installation))
                    .forEach((name, value) -> environment.put(LullSettings.variable(name), value));
        }
        if (process == LullProcess.ERASE) {
            // Amazon ECS and AWS CloudTrail keep the command of a task, but no value of such a parameter.
            secrets.put(
                    LullSettings.variable("erase.ids"),
                    Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(
                            this,
                            "Ids",
                            SecureStringParameterAttributes.builder()
                                    .parameterName(new ResourceNames(installation).erasedIds())
                                    .build())));
        }
        size.heap().ifPresent(mebibytes -> environment.put("LULL_JAVA_OPTS", "-Xmx" + mebibytes + "m"));
        ContainerDefinitionOptions.Builder container = ContainerDefinitionOptions.builder()
                .image(ContainerImage.fromEcrRepository(
                        repository(process, installation.images()),
                        installation.images().tagOf(process.word())))
                .command(process.command())
                .environment(environment)
                .secrets(secrets)
                // A limit of its own, because a JVM takes its share of that.
                .memoryLimitMiB(process.isService() ? HeapSizes.memory(size, installation) : size.memory())
                // The agent of ECS Exec writes there.
                .readonlyRootFilesystem(!exec)
                .linuxParameters(linux)
                .stopTimeout(Duration.seconds(Ports.STOP_SECONDS))
                .logging(LogDriver.awsLogs(AwsLogDriverProps.builder()
                        .streamPrefix("lull")
                        .logGroup(log)
                        .mode(AwsLogDriverMode.NON_BLOCKING)
                        .maxBufferSize(Size.mebibytes(25))
                        .build()))
                .portMappings(process.ports().stream()
                        .map(port -> PortMapping.builder().containerPort(port).build())
                        .toList());
        return process.isService()
                ? container.healthCheck(health(process, installation.sizes())).build()
                : container.build();
    }

    private static List<String> watched(Installation installation) {
        return LullProcess.services(installation).stream()
                .filter(process -> process != LullProcess.CONSOLE)
                .map(LullProcess::word)
                .toList();
    }

    /// ECS kills a task that is not healthy, so the check must not fail because something outside is
    /// unavailable: see the script. An aggregator that has restored its state also waits for its standbys, for at
    /// most half of the time that it has.
    private static HealthCheck health(LullProcess process, Installation.Sizes sizes) {
        boolean hasState = process == LullProcess.AGGREGATOR;
        int seconds = 60 * (hasState ? sizes.restoreMinutes() : Installation.Sizes.SHORTEST_RESTORE);
        List<String> command = new ArrayList<>(List.of("CMD", "/opt/lull/bin/health", "--started"));
        if (hasState) {
            command.add(Integer.toString(seconds / 2));
        }
        return HealthCheck.builder()
                .command(command)
                // After the start period, a task is killed when so many checks have failed.
                .interval(Duration.seconds((seconds - START_SECONDS) / CHECKS))
                .timeout(Duration.seconds(5))
                .retries(CHECKS)
                .startPeriod(Duration.seconds(START_SECONDS))
                .build();
    }

    private IRepository repository(LullProcess process, Installation.Images images) {
        String name = images.prefix() + process.repository();
        return Repository.fromRepositoryAttributes(
                this,
                "Repository",
                RepositoryAttributes.builder()
                        .repositoryName(name)
                        .repositoryArn("arn:" + Aws.PARTITION + ":ecr:" + images.region() + ":" + images.account()
                                + ":repository/" + name)
                        .build());
    }

    private Map<String, Secret> secrets(LullProcess process, Installation installation) {
        Map<String, String> members = process.secretMembers(installation);
        Map<String, Secret> secrets = new LinkedHashMap<>();
        if (!members.isEmpty()) {
            ISecret all = secret(installation);
            members.forEach((variable, member) -> secrets.put(variable, Secret.fromSecretsManager(all, member)));
        }
        return secrets;
    }

    private ISecret secret(Installation installation) {
        SecretAttributes.Builder attributes = SecretAttributes.builder().secretCompleteArn(installation.secret());
        installation.secretKey().ifPresent(key -> attributes.encryptionKey(Key.fromKeyArn(this, "SecretKey", key)));
        return software.amazon.awscdk.services.secretsmanager.Secret.fromSecretAttributes(
                this, "Secret", attributes.build());
    }
}

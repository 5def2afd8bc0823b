package lull.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lull.cli.Configuration;
import lull.cli.ProcessRights;
import lull.contract.topic.KafkaAccess;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads the files of deploy/kubernetes strictly, and holds them to settings, commands and ports.
final class KubernetesFilesTest {

    private static final Path FOLDER = DeployFiles.DEPLOY.resolve("kubernetes");
    private static final Path BASE = FOLDER.resolve("base");

    /// What an overlay adds if its turns go to applications.
    private static final Path APPLICATIONS = FOLDER.resolve("components/applications");

    /// What an overlay adds if there is a database for the archive.
    private static final Path ARCHIVE = FOLDER.resolve("components/archive");

    /// What an overlay adds for pages of operators.
    private static final Path CONSOLE = FOLDER.resolve("components/console");

    /// What the console needs of an archive.
    private static final Path CONSOLE_ARCHIVE = FOLDER.resolve("components/console-archive");

    /// Label of the pods whose admin ports the console reads.
    private static final String WATCHED = "lull.console/watched";

    /// Names that a kustomization may have; kustomize itself ignores no others, but only where it runs.
    private static final Set<String> KUSTOMIZATION = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "labels",
            "resources",
            "components",
            "configMapGenerator",
            "images",
            "patches");

    /// A line of a kustomization that a reader may add by removing the sign of comment.
    private static final Pattern CHOICE = Pattern.compile("(?m)^ *# +- (?:path: )?([a-z./-]+)$");

    /// Pods that run to their end.
    private static final Set<String> ONCE = Set.of("lull-topics", "lull-doctor", "lull-erase");

    private final Map<String, DeployFiles.Listed> settings = DeployFiles.settings();

    @Test
    void everyFileHasOnlyNamesThatItsKindHas() {
        List<Path> files = resourceFiles();

        assertThat(files).hasSizeGreaterThan(12);
        for (Path file : files) {
            for (JsonNode document : DeployFiles.documents(DeployFiles.read(file))) {
                assertThat(StrictModels.read(document)).as("%s", file).isNotNull();
            }
        }
    }

    @Test
    void everyKustomizationNamesFilesThatThereAreAndEveryFileIsNamed() {
        Set<Path> named = new HashSet<>();
        for (Path file : kustomizations()) {
            JsonNode kustomization = DeployFiles.document(file);
            assertThat(KUSTOMIZATION).as("%s", file).containsAll(DeployFiles.names(kustomization));
            List<String> references = new ArrayList<>(DeployFiles.texts(kustomization.path("resources")));
            references.addAll(DeployFiles.texts(kustomization.path("components")));
            DeployFiles.elements(kustomization.path("patches"))
                    .filter(patch -> !patch.has("patch"))
                    .forEach(patch -> references.add(patch.path("path").asText()));
            DeployFiles.elements(kustomization.path("configMapGenerator"))
                    .forEach(generator -> references.addAll(DeployFiles.texts(generator.path("envs"))));
            CHOICE.matcher(DeployFiles.read(file)).results().forEach(choice -> references.add(choice.group(1)));
            for (String reference : references) {
                Path path = file.resolveSibling(reference).normalize();
                if (Files.isDirectory(path)) {
                    assertThat(path.resolve("kustomization.yaml")).isRegularFile();
                } else {
                    assertThat(path).isRegularFile();
                    named.add(path);
                }
            }
        }
        assertThat(named)
                .containsAll(Stream.concat(resourceFiles().stream(), envFiles().stream())
                        .map(Path::normalize)
                        .toList());
    }

    /// What kustomize itself says only where it is installed.
    @Test
    void everyPatchAndAutoscalerIsOfAResourceOfTheBase() {
        Map<String, JsonNode> base = new LinkedHashMap<>();
        documents(BASE).forEach(resource -> base.put(nameOf(resource), resource));
        documents(APPLICATIONS).forEach(resource -> base.put(nameOf(resource), resource));
        documents(ARCHIVE).forEach(resource -> base.put(nameOf(resource), resource));
        documents(CONSOLE).forEach(resource -> base.put(nameOf(resource), resource));
        List<String> patched = new ArrayList<>();
        for (Path file : kustomizations()) {
            for (JsonNode patch : DeployFiles.document(file).path("patches")) {
                if (!patch.has("patch")) {
                    documents(file.resolveSibling(patch.path("path").asText()))
                            .forEach(merged -> assertThat(base).containsKey(nameOf(merged)));
                    continue;
                }
                JsonNode target = patch.path("target");
                String name =
                        target.path("kind").asText() + " " + target.path("name").asText();
                assertThat(base).as("%s of %s", name, file).containsKey(name);
                for (JsonNode operation :
                        DeployFiles.documents(patch.path("patch").asText())) {
                    // What is added to a list has no place yet.
                    String path = operation.path("path").asText().replaceFirst("/(-|env)$", "");
                    assertThat(requireNonNull(base.get(name)).at(path).isMissingNode())
                            .as("%s of %s", path, name)
                            .isFalse();
                    patched.add(operation.path("op").asText() + " " + path + " of " + name);
                }
            }
        }

        assertThat(documents(FOLDER)
                        .filter(resource -> resource.path("kind").asText().equals("HorizontalPodAutoscaler")))
                .isNotEmpty()
                .allSatisfy(autoscaler -> {
                    JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
                    String name = target.path("kind").asText() + " "
                            + target.path("name").asText();
                    // Otherwise each apply would set the number again.
                    assertThat(patched).contains("remove /spec/replicas of " + name);
                });
    }

    @Test
    void theDoctorAndAnErasureRunOnlyWhenTheyAreAskedTo() {
        assertThat(base(CronJob.class)).hasSize(2).allSatisfy(job -> {
            assertThat(job.getSpec().getSuspend()).isTrue();
            assertThat(job.getSpec().getJobTemplate().getSpec().getBackoffLimit())
                    .isZero();
        });
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains(
                        "--from=cronjob/lull-doctor",
                        "--from=cronjob/lull-erase",
                        "for name in " + secretsOfStrimzi() + "; do");
    }

    /// A Job keeps its arguments, so ids are in a Secret of one run, and what was not asked to delete only looks.
    @Test
    void anErasureGetsTheCustomerFromASecretAndDeletesNothingByDefault() {
        PodSpec pod = requireNonNull(pods().get("lull-erase"));

        assertThat(container(pod).getArgs()).containsExactly("erase", "--dry-run", "--without-archive");
        assertThat(container(pod).getEnvFrom().getLast().getSecretRef()).satisfies(secret -> {
            assertThat(secret.getName()).isEqualTo("lull-erase-ids");
            // Without it the command says what is missing; a pod would wait.
            assertThat(secret.getOptional()).isTrue();
        });
        assertThat(labels().get("lull-erase")).containsEntry("lull.archive/client", "true");
        assertThat(settings).containsKey("LULL_ERASE_IDS");
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains(
                        "create secret generic lull-erase-ids --from-file=LULL_ERASE_IDS=ids",
                        "delete secret lull-erase-ids");
        JsonNode patch = DeployFiles.document(ARCHIVE.resolve("kustomization.yaml"))
                .path("patches")
                .get(1);
        assertThat(patch.at("/target/name").asText()).isEqualTo("lull-erase");
        List<JsonNode> changed = DeployFiles.documents(patch.path("patch").asText());
        List<String> words = DeployFiles.texts(changed.getFirst().path("value"));
        assertThat(words).containsExactly("erase", "--dry-run", "--url", "http://lull-archive:8084", "--plain");
        DeployFiles.requireCommand(words);
        assertThat(changed.get(1).path("value").toString())
                .contains("LULL_ARCHIVE_TOKENS_FILE", "/run/secrets/archive/archive-tokens");
    }

    /// A Job cannot be changed, and a change of settings changes it.
    @Test
    void theJobOfTheTopicsIsDeletedAfterItsEnd() {
        assertThat(base(Job.class)).singleElement().satisfies(job -> {
            assertThat(job.getMetadata().getName()).isEqualTo("lull-topics");
            assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
        });
    }

    /// The Secrets of Strimzi that pods of its overlay use, in the order in which the page copies them.
    private static String secretsOfStrimzi() {
        List<String> users = Stream.of(
                        "ingress",
                        "aggregator",
                        "bridge",
                        "applications",
                        "archive",
                        "topics",
                        "doctor",
                        "erase",
                        "dlq")
                .map(process -> "lull-" + process)
                .toList();
        Set<String> used = new HashSet<>();
        documents(FOLDER.resolve("overlays/strimzi")).forEach(resource -> {
            resource.findValues("secretKeyRef")
                    .forEach(reference -> used.add(reference.path("name").asText()));
            resource.findValues("secretName").forEach(name -> used.add(name.asText()));
        });
        assertThat(used).containsAll(users).contains("lull-cluster-ca-cert").hasSize(users.size() + 1);
        return String.join(" ", users) + " lull-cluster-ca-cert";
    }

    @Test
    void everyVariableIsASettingOrOfKafka() {
        for (Path file : envFiles()) {
            DeployFiles.env(file).keySet().forEach(this::requireVariable);
        }
        pods().values()
                .forEach(pod -> container(pod).getEnv().forEach(variable -> {
                    if (!variable.getName().equals("POD_NAME")) {
                        requireVariable(variable.getName());
                    }
                }));
    }

    @Test
    void noFileContainsASecret() {
        assertThat(envFiles())
                .allSatisfy(file -> assertThat(DeployFiles.env(file).keySet())
                        .noneMatch(name ->
                                settings.containsKey(name) && settings.get(name).isSecret()));
        assertThat(pods().values())
                .allSatisfy(pod -> assertThat(container(pod).getEnv())
                        .noneMatch(variable -> DeployFiles.isSecret(variable.getName(), settings)));
    }

    @Test
    void everyPodIsRestricted() {
        assertThat(pods()).hasSize(9).allSatisfy((name, pod) -> {
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getServiceAccountName()).isEqualTo(name);
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001L);
            assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(10001L);
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            Container container = container(pod);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getVolumeMounts().stream().map(mount -> mount.getMountPath()))
                    .contains("/tmp");
            assertThat(container.getVolumeMounts().stream().map(mount -> mount.getName()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    pod.getVolumes().stream().map(volume -> volume.getName()),
                                    name.equals("lull-aggregator") ? Stream.of("state") : Stream.empty())
                            .toList());
            assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
            assertThat(container.getResources().getRequests().get("memory"))
                    .isEqualTo(container.getResources().getLimits().get("memory"));
        });
    }

    @Test
    void everyPodRunsACommandThatThereIsInTheImageOfItsService() {
        Set<String> services = new Dockerfile().services();

        assertThat(pods()).allSatisfy((_, pod) -> {
            DeployFiles.requireCommand(container(pod).getArgs());
            assertThat(container(pod).getImage()).matches("lull/[a-z-]+");
            assertThat(services).contains(container(pod).getImage().substring("lull/".length()));
        });
    }

    @Test
    void everyServiceHasProbesAndPortsOfItsDefaults() {
        Map<String, Integer> ports =
                Map.of("webhooks", 8080, "operators", 8082, "archive", 8084, "console", 8089, "admin", 9090);
        assertThat(DeployFiles.defaultOf("LULL_INGRESS_PORT")).isEqualTo("8080");
        assertThat(DeployFiles.defaultOf("LULL_AGGREGATOR_PORT")).isEqualTo("8082");
        assertThat(DeployFiles.defaultOf("LULL_ARCHIVE_PORT")).isEqualTo("8084");
        assertThat(DeployFiles.defaultOf("LULL_CONSOLE_PORT")).isEqualTo("8089");
        pods().forEach((name, pod) -> {
            Container container = container(pod);
            container
                    .getPorts()
                    .forEach(port -> assertThat(port.getContainerPort()).isEqualTo(ports.get(port.getName())));
            if (!ONCE.contains(name)) {
                assertThat(path(container.getStartupProbe())).isEqualTo("/livez");
                // What is not ready because Kafka is unavailable, or because partitions move, is alive: a restart would
                // not help.
                assertThat(path(container.getLivenessProbe())).isEqualTo("/livez");
                assertThat(path(container.getReadinessProbe())).isEqualTo("/readyz");
                // stop.timeout is 25 s.
                assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(60L);
                // There is one console.
                assertThat(pod.getTopologySpreadConstraints()).hasSize(name.equals("lull-console") ? 0 : 2);
            }
        });
        base(Service.class)
                .forEach(service -> service.getSpec()
                        .getPorts()
                        .forEach(port -> assertThat(port.getPort())
                                .isEqualTo(ports.get(port.getTargetPort().getStrVal()))));
        base(NetworkPolicy.class)
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .forEach(port -> assertThat(ports).containsKey(port.getPort().getStrVal()));
    }

    @Test
    void labelsFindTheirPods() {
        Set<String> names = pods().keySet();

        base(PodDisruptionBudget.class)
                .forEach(budget -> assertThat(names)
                        .containsAll(
                                budget.getSpec().getSelector().getMatchLabels().values()));
        base(Service.class)
                .map(service -> service.getSpec().getSelector())
                .filter(selector -> !selector.containsKey(WATCHED))
                .forEach(selector -> assertThat(names).containsAll(selector.values()));
        assertThat(base(PodDisruptionBudget.class)).hasSize(5);
        Set<String> restricted = new HashSet<>();
        base(NetworkPolicy.class)
                .filter(policy -> policy.getSpec().getPolicyTypes().contains("Ingress")
                        && policy.getSpec().getIngress().isEmpty())
                .flatMap(policy -> policy.getSpec().getPodSelector().getMatchExpressions().stream())
                .forEach(expression -> restricted.addAll(expression.getValues()));
        assertThat(restricted).containsExactlyInAnyOrderElementsOf(names);
    }

    /// They share the quotas by their number, which changes with `kubectl scale`.
    @Test
    void noFileSetsTheNumberOfBridges() {
        assertThat(DeployFiles.env(BASE.resolve("lull.env"))).isNotEmpty().doesNotContainKey("LULL_CONNECT_BRIDGES");
    }

    @Test
    void theStateIsOnItsVolume() {
        StatefulSet aggregator = base(StatefulSet.class).findFirst().orElseThrow();

        String mount = container(aggregator.getSpec().getTemplate().getSpec()).getVolumeMounts().stream()
                .filter(volume -> volume.getName().equals("state"))
                .findFirst()
                .orElseThrow()
                .getMountPath();
        assertThat(new Dockerfile().variables().get("LULL_STREAMS_STATE_DIR")).startsWith(mount + "/");
        assertThat(aggregator.getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(aggregator.getSpec().getServiceName()).isEqualTo("lull-aggregator");
        assertThat(container(aggregator.getSpec().getTemplate().getSpec()).getEnv().stream()
                        .filter(variable -> variable.getName().equals("LULL_AGGREGATOR_ADVERTISED"))
                        .map(EnvVar::getValue))
                .containsExactly("$(POD_NAME).lull-aggregator:8082");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "aggregator", "bridge", "applications", "archive"})
    void everyContainerHasWhatSizingCalculates(String service) {
        SmallestSize size = SmallestSize.of(service);
        ResourceRequirements resources =
                container(requireNonNull(pods().get("lull-" + service))).getResources();

        size.requireMemory(mebibytes(requireNonNull(resources.getLimits().get("memory"))));
        assertThat(requireNonNull(resources.getRequests().get("cpu"))
                        .getNumericalAmount()
                        .doubleValue())
                .isEqualTo(size.vcpus());
    }

    @Test
    void theVolumeOfTheStateAndTheMemoryOfRocksDbAreThoseOfSizing() {
        StatefulSet aggregator = base(StatefulSet.class).findFirst().orElseThrow();
        Quantity disk = requireNonNull(aggregator
                .getSpec()
                .getVolumeClaimTemplates()
                .getFirst()
                .getSpec()
                .getResources()
                .getRequests()
                .get("storage"));

        assertThat(Quantity.getAmountInBytes(disk).doubleValue())
                .isGreaterThan(SmallestSize.of("aggregator").diskBytes());
        assertThat(DeployFiles.env(BASE.resolve("lull.env")))
                .containsEntry(
                        "LULL_STREAMS_ROCKSDB_MEBIBYTES", DeployFiles.defaultOf("LULL_STREAMS_ROCKSDB_MEBIBYTES"));
    }

    @Test
    void theSecretsOfTheExampleAreThoseThatPodsMount() {
        Set<String> mounted = new HashSet<>();
        pods().forEach((name, pod) -> {
            if (name.equals("lull-archive") || name.equals("lull-console")) {
                return;
            }
            pod.getVolumes().stream()
                    .filter(volume -> volume.getSecret() != null)
                    .flatMap(volume -> volume.getSecret().getItems().stream())
                    .forEach(item -> mounted.add(item.getKey()));
            container(pod).getEnv().stream()
                    .filter(variable -> variable.getName().endsWith("_FILE"))
                    .forEach(variable ->
                            assertThat(mounted).contains(variable.getValue().substring("/run/secrets/lull/".length())));
        });
        StrictModels.ExternalSecret secret = DeployFiles.documents(
                        DeployFiles.read(FOLDER.resolve("components/external-secrets/external-secret.yaml")))
                .stream()
                .map(StrictModels::read)
                .filter(StrictModels.ExternalSecret.class::isInstance)
                .map(StrictModels.ExternalSecret.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(secret.spec().data().stream().map(StrictModels.SecretKey::name))
                .containsExactlyInAnyOrderElementsOf(mounted);
    }

    /// They are in a Secret of their own, so that an installation without an archive needs none.
    @Test
    void theArchiveHasItsSecretsAndTheDoctorTheSame() {
        PodSpec archive = requireNonNull(pods().get("lull-archive"));
        Set<String> keys = new HashSet<>();
        archive.getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .forEach(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("lull-archive-secrets");
                    volume.getSecret().getItems().forEach(item -> keys.add(item.getKey()));
                });
        assertThat(keys).containsExactlyInAnyOrder("archive-jdbc-password", "archive-tokens", "database-ca");
        assertThat(container(archive).getEnv().stream().map(EnvVar::getValue))
                .containsExactly("/run/secrets/lull/archive-jdbc-password", "/run/secrets/lull/archive-tokens");
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains(
                        "create secret generic lull-archive-secrets",
                        "--from-file=archive-jdbc-password",
                        "--from-file=archive-tokens",
                        "--from-file=database-ca");

        Map<String, String> variables = DeployFiles.env(ARCHIVE.resolve("archive.env"));
        String authority =
                requireNonNull(variables.get("LULL_ARCHIVE_JDBC_URL")).replaceFirst(".*sslrootcert=", "");
        assertThat(container(archive).getVolumeMounts().stream().map(mount -> mount.getMountPath() + "/ca.crt"))
                .contains(authority);
        List<JsonNode> added = DeployFiles.documents(DeployFiles.document(ARCHIVE.resolve("kustomization.yaml"))
                        .path("patches")
                        .get(0)
                        .path("patch")
                        .asText())
                .stream()
                .map(operation -> operation.path("value"))
                .toList();
        assertThat(added.stream().map(value -> value.path("mountPath").asText() + "/ca.crt"))
                .contains(authority);
        assertThat(added.stream().flatMap(value -> value.findValuesAsText("secretName").stream()))
                .isNotEmpty()
                .containsOnly("lull-archive-secrets");
        assertThat(added.stream().map(value -> value.path("name").asText()).filter(name -> name.startsWith("LULL_")))
                .hasSize(2)
                .allSatisfy(this::requireVariable);
        assertThat(added.stream().map(value -> value.path("value").asText()).filter(path -> !path.isEmpty()))
                .allMatch(path -> path.startsWith("/run/secrets/archive/archive-"));
    }

    /// Each of the three needs the bucket, its own rights on it, and a way to it.
    @Test
    void whoWritesOrReadsKeptFilesHasRightsAndReachesTheBucket() {
        Map<String, String> environment =
                new LinkedHashMap<>(DeployFiles.env(FOLDER.resolve("overlays/production/lull.env")));
        environment.putAll(DeployFiles.env(FOLDER.resolve("components/kept-files/kept-files.env")));
        Settings loaded = Configuration.load(environment, Map.of());
        AwsAccount account = new AwsAccount("aws", "111122223333");

        assertThat(MediaStoreSettings.keepingRights(loaded, account)).isNotEmpty();
        assertThat(ProcessRights.inAws(KafkaAccess.BRIDGE, loaded, account).toString())
                .contains("s3:PutObject", "my-company-lull/kept");
        assertThat(ProcessRights.inAws(KafkaAccess.ARCHIVE, loaded, account).toString())
                .contains("s3:GetObject", "s3:DeleteObject", "my-company-lull/kept");
        Set<String> reaching = new HashSet<>();
        Stream.concat(
                        base(NetworkPolicy.class),
                        documents(FOLDER.resolve("components/kept-files"))
                                .map(StrictModels::read)
                                .map(NetworkPolicy.class::cast))
                .filter(policy -> policy.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .anyMatch(port ->
                                Integer.valueOf(443).equals(port.getPort().getIntVal())))
                .forEach(policy -> reaching.addAll(Objects.requireNonNullElse(
                                policy.getSpec().getPodSelector().getMatchLabels(), Map.<String, String>of())
                        .values()));
        assertThat(reaching).contains("lull-ingress", "lull-bridge", "lull-archive");
    }

    /// It reads the admin ports of all others by one name, also of those that are not ready, and has its operators in a
    /// Secret of
    /// its own.
    @Test
    void theConsoleReachesWhatItAsksAndItsOperatorsAreASecret() {
        PodSpec console = requireNonNull(pods().get("lull-console"));
        Map<String, String> environment = environment(console);
        Map<String, Service> services = new LinkedHashMap<>();
        base(Service.class)
                .forEach(service -> services.put(service.getMetadata().getName(), service));

        assertThat(labels().entrySet().stream()
                        .filter(pod -> pod.getValue().containsKey(WATCHED))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(pods().keySet().stream()
                        .filter(name -> !ONCE.contains(name) && !name.equals("lull-console"))
                        .toList());
        assertThat(URI.create(requireNonNull(environment.get("LULL_CONSOLE_WATCH"))))
                .satisfies(address -> {
                    Service processes = requireNonNull(services.get(address.getHost()));
                    assertThat(processes.getSpec().getSelector()).containsOnlyKeys(WATCHED);
                    assertThat(processes.getSpec().getClusterIP()).isEqualTo("None");
                    assertThat(processes.getSpec().getPublishNotReadyAddresses())
                            .isTrue();
                    assertThat(address.getPort()).isEqualTo(9090);
                });
        assertThat(URI.create(requireNonNull(environment.get("LULL_CONSOLE_AGGREGATOR_URL"))))
                .satisfies(address -> {
                    Service operators = requireNonNull(services.get(address.getHost()));
                    assertThat(operators.getSpec().getSelector()).containsValue("lull-aggregator");
                    assertThat(operators.getSpec().getClusterIP()).isNull();
                    assertThat(address.getPort()).isEqualTo(8082);
                });
        assertThat(labels().get("lull-console")).containsEntry("lull.archive/client", "true");
        assertThat(console.getVolumes().stream()
                        .filter(volume -> volume.getSecret() != null)
                        .map(volume -> volume.getSecret().getSecretName()))
                .containsExactly("lull", "lull-console-secrets");
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().endsWith("_FILE"))
                .forEach(variable -> assertThat(
                                container(console).getVolumeMounts().stream().map(mount -> mount.getMountPath() + "/"))
                        .anyMatch(variable.getValue()::startsWith));
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains("create secret generic lull-console-secrets --from-file=console-operators");
    }

    @Test
    void withAnArchiveTheConsoleAsksItWithItsToken() {
        List<JsonNode> added = DeployFiles.documents(DeployFiles.document(CONSOLE_ARCHIVE.resolve("kustomization.yaml"))
                        .path("patches")
                        .get(0)
                        .path("patch")
                        .asText())
                .stream()
                .map(operation -> operation.path("value"))
                .toList();

        assertThat(added.stream().map(value -> value.path("name").asText()).filter(name -> name.startsWith("LULL_")))
                .hasSize(2)
                .allSatisfy(this::requireVariable);
        assertThat(added.stream().map(value -> value.path("value").asText()))
                .contains("http://lull-archive:8084", "/run/secrets/archive/archive-tokens");
        assertThat(added.stream().flatMap(value -> value.findValuesAsText("secretName").stream()))
                .containsExactly("lull-archive-secrets");
    }

    @Test
    void withAnArchiveAssistantsAskItWithItsToken() {
        Path component = FOLDER.resolve("components/applications-archive");
        JsonNode patch = DeployFiles.documents(DeployFiles.document(component.resolve("kustomization.yaml"))
                        .at("/patches/0/patch")
                        .asText())
                .getFirst();
        JsonNode container = patch.at("/spec/template/spec/containers/0");

        assertThat(patch.at("/metadata/name").asText()).isEqualTo("lull-applications");
        assertThat(patch.at("/spec/template/metadata/labels/lull.archive~1client")
                        .asText())
                .isEqualTo("true");
        assertThat(container.path("env").findValuesAsText("name")).hasSize(3).allSatisfy(this::requireVariable);
        assertThat(container.findValuesAsText("value"))
                .containsExactly("http://lull-archive:8084", "true", "/run/secrets/archive/archive-tokens");
        assertThat(patch.findValuesAsText("secretName")).containsExactly("lull-archive-secrets");
        assertThat(DeployFiles.document(component.resolve("network-policies.yaml"))
                        .findValuesAsText("app.kubernetes.io/name"))
                .containsExactly("lull-applications", "lull-archive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "overlays/production",
                "overlays/strimzi",
                "overlays/strimzi/kafka",
                "overlays/strimzi/cluster"
            })
    void kustomizeRendersIt(String folder) throws Exception {
        assumeTrue(
                PrometheusFilesTest.onPath("kubectl"),
                "Skipped, because kubectl is not installed: the overlays are parsed but not rendered");

        List<JsonNode> resources = rendered(FOLDER.resolve(folder));

        assertThat(resources)
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(StrictModels.read(resource)).isNotNull());
        List<PodSpec> pods = resources.stream()
                .map(StrictModels::read)
                .map(KubernetesFilesTest::podOf)
                .flatMap(Optional::stream)
                .map(PodTemplateSpec::getSpec)
                .toList();
        boolean hasAutoscaler =
                resources.stream().anyMatch(resource -> nameOf(resource).startsWith("HorizontalPodAutoscaler "));
        assertThat(resources.stream().filter(resource -> nameOf(resource).equals("Deployment lull-ingress")))
                .allSatisfy(ingress ->
                        assertThat(ingress.path("spec").has("replicas")).isNotEqualTo(hasAutoscaler));
        assertThat(pods).allSatisfy(pod -> {
            assertThat(container(pod).getArgs()).isNotEmpty();
            assertThat(container(pod).getEnvFrom().getFirst().getConfigMapRef().getName())
                    .startsWith("lull-settings-");
            if (folder.startsWith("overlays")) {
                assertThat(container(pod).getImage()).matches("registry\\.example\\.com/lull/[a-z-]+:0\\.1\\.0");
            }
        });
    }

    @Test
    void thePageCountsWhatTheOverlayHas() throws Exception {
        assumeTrue(PrometheusFilesTest.onPath("kubectl"), "Skipped, because kubectl is not installed");
        Map<String, Long> kinds = new TreeMap<>();
        rendered(FOLDER.resolve("overlays/production"))
                .forEach(resource -> kinds.merge(resource.path("kind").asText(), 1L, Long::sum));

        Map<String, Long> listed = new TreeMap<>();
        Pattern.compile("(?m)^ +([0-9]+) kind: ([A-Za-z]+)$")
                .matcher(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .results()
                .forEach(line -> listed.put(line.group(2), Long.valueOf(line.group(1))));
        assertThat(listed).isEqualTo(kinds);
    }

    /// Removing the signs of comment is all that an overlay needs.
    @ParameterizedTest
    @ValueSource(strings = {"production", "strimzi"})
    void anOverlayRunsApplicationsTheArchiveAndTheConsoleOnceItsCommentsAreRemoved(
            String overlay, @TempDir Path directory) throws Exception {
        assumeTrue(PrometheusFilesTest.onPath("kubectl"), "Skipped, because kubectl is not installed");
        for (Path file : DeployFiles.files(FOLDER, "")) {
            Path copy = directory.resolve(FOLDER.relativize(file).toString());
            Files.createDirectories(requireNonNull(copy.getParent()));
            Files.copy(file, copy);
        }
        Path kustomization = directory.resolve("overlays").resolve(overlay).resolve("kustomization.yaml");
        String shipped = Files.readString(kustomization);
        String chosen = shipped.replaceAll(
                "(?m)^( *)# (components:|  - \\.\\./\\S+|- \\S*components/\\S+|- path: \\S+)$", "$1$2");
        assertThat(chosen).isNotEqualTo(shipped);
        Files.writeString(kustomization, chosen);

        List<JsonNode> resources = rendered(requireNonNull(kustomization.getParent()));

        assertThat(resources.stream().map(KubernetesFilesTest::nameOf))
                .contains(
                        "Deployment lull-applications",
                        "ServiceAccount lull-applications",
                        "Deployment lull-archive",
                        "Service lull-archive",
                        "ServiceAccount lull-archive",
                        "Deployment lull-console",
                        "Service lull-console",
                        "Service lull-processes",
                        "ServiceAccount lull-console");
        assertThat(resources.stream().map(KubernetesFilesTest::nameOf))
                .contains("NetworkPolicy lull-tracing", "NetworkPolicy lull-kept-files");
        assertThat(resources.stream()
                        .filter(resource -> nameOf(resource).startsWith("ConfigMap lull-settings"))
                        .map(resource -> resource.at("/data/LULL_MEDIA_KEPT").asText()))
                .containsExactly("s3://my-company-lull/kept");
        assertThat(resources.stream()
                        .filter(resource -> nameOf(resource).startsWith("ConfigMap lull-settings"))
                        .map(resource ->
                                resource.at("/data/OTEL_EXPORTER_OTLP_ENDPOINT").asText()))
                .containsExactly("http://otel-collector.monitoring:4318");
        assertThat(rendered(FOLDER.resolve("overlays").resolve(overlay)).stream()
                        .map(KubernetesFilesTest::nameOf))
                .noneMatch(name ->
                        name.matches("(Deployment|NetworkPolicy) lull-(applications|archive|console|kept-files).*"));
        PodSpec pod = pod("Deployment lull-applications", resources);
        assertThat(container(pod).getImage()).isEqualTo("registry.example.com/lull/applications:0.1.0");
        assertThat(container(pod).getEnvFrom().getFirst().getConfigMapRef().getName())
                .startsWith("lull-settings-");
        assertThat(container(pod).getEnvFrom().getLast().getSecretRef()).satisfies(secret -> {
            assertThat(secret.getName()).isEqualTo("lull-destinations");
            assertThat(secret.getOptional()).isTrue();
        });
        assertThat(container(pod).getEnv().stream()
                        .map(EnvVar::getName)
                        .filter(name -> !name.startsWith("LULL_APPLICATIONS_ARCHIVE_"))
                        .toList())
                .isEqualTo(overlay.equals("strimzi") ? List.of("KAFKA_SASL_JAAS_CONFIG") : List.of());
        assertThat(container(pod).getEnv().stream().map(EnvVar::getName))
                .contains("LULL_APPLICATIONS_ARCHIVE_URL", "LULL_APPLICATIONS_ARCHIVE_TOKEN_FILE");
        assertThat(container(pod).getVolumeMounts().stream().map(mount -> mount.getMountPath()))
                .contains("/run/secrets/archive", "/tmp");
        assertThat(resources.stream().map(KubernetesFilesTest::nameOf))
                .contains("NetworkPolicy lull-applications-archive");
        PodSpec archive = pod("Deployment lull-archive", resources);
        assertThat(container(archive).getImage()).isEqualTo("registry.example.com/lull/archive:0.1.0");
        assertThat(container(archive).getEnv().stream().map(EnvVar::getName))
                .contains("LULL_ARCHIVE_JDBC_PASSWORD_FILE", "LULL_ARCHIVE_TOKENS_FILE");
        PodSpec console = pod("Deployment lull-console", resources);
        assertThat(container(console).getImage()).isEqualTo("registry.example.com/lull/cli:0.1.0");
        assertThat(container(console).getEnv().stream().map(EnvVar::getName))
                .contains("LULL_CONSOLE_ARCHIVE_URL", "LULL_CONSOLE_ARCHIVE_TOKEN_FILE");
        assertThat(container(console).getVolumeMounts().stream().map(mount -> mount.getName()))
                .containsExactlyInAnyOrderElementsOf(console.getVolumes().stream()
                        .map(volume -> volume.getName())
                        .toList());
        PodSpec doctor = pod("CronJob lull-doctor", resources);
        assertThat(container(doctor).getEnv().stream().map(EnvVar::getName))
                .contains(
                        "LULL_WHATSAPP_ACCESS_TOKEN_FILE",
                        "LULL_ARCHIVE_JDBC_PASSWORD_FILE",
                        "LULL_ARCHIVE_TOKENS_FILE");
        assertThat(container(doctor).getVolumeMounts().stream().map(mount -> mount.getName()))
                .containsExactlyInAnyOrderElementsOf(doctor.getVolumes().stream()
                        .map(volume -> volume.getName())
                        .toList());
        PodSpec erase = pod("CronJob lull-erase", resources);
        assertThat(container(erase).getArgs()).contains("--dry-run", "http://lull-archive:8084");
        assertThat(container(erase).getEnv().stream().map(EnvVar::getName).toList())
                .isEqualTo(
                        overlay.equals("strimzi")
                                ? List.of("KAFKA_SASL_JAAS_CONFIG", "LULL_ARCHIVE_TOKENS_FILE")
                                : List.of("LULL_ARCHIVE_TOKENS_FILE"));
        assertThat(container(erase).getVolumeMounts().stream().map(mount -> mount.getName()))
                .containsExactlyInAnyOrderElementsOf(erase.getVolumes().stream()
                        .map(volume -> volume.getName())
                        .toList());
        assertThat(resources.stream()
                        .filter(resource -> nameOf(resource).startsWith("ConfigMap lull-settings"))
                        .map(resource ->
                                resource.at("/data/LULL_ARCHIVE_JDBC_URL").asText()))
                .singleElement()
                .asString()
                .startsWith("jdbc:postgresql:");
    }

    private static PodSpec pod(String name, List<JsonNode> resources) {
        return resources.stream()
                .filter(resource -> nameOf(resource).equals(name))
                .map(StrictModels::read)
                .map(KubernetesFilesTest::podOf)
                .flatMap(Optional::stream)
                .map(PodTemplateSpec::getSpec)
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> rendered(Path folder) throws Exception {
        Process process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return DeployFiles.documents(rendered);
    }

    private void requireVariable(String name) {
        if (!name.startsWith("KAFKA_") && !name.startsWith("AWS_") && !name.startsWith("OTEL_")) {
            assertThat(DeployFiles.isVariable(name, settings))
                    .as("%s is a setting", name)
                    .isTrue();
        }
    }

    private static List<Path> kustomizations() {
        return DeployFiles.files(FOLDER, "kustomization.yaml");
    }

    private static List<Path> resourceFiles() {
        return DeployFiles.files(FOLDER, ".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .toList();
    }

    /// The documents of a file, or of all files of resources in a folder.
    private static Stream<JsonNode> documents(Path place) {
        return DeployFiles.files(place, ".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> DeployFiles.documents(DeployFiles.read(file)).stream());
    }

    private static String nameOf(JsonNode resource) {
        return resource.path("kind").asText() + " "
                + resource.path("metadata").path("name").asText();
    }

    private static List<Path> envFiles() {
        return DeployFiles.files(FOLDER, ".env");
    }

    private static <T> Stream<T> base(Class<T> type) {
        return Stream.of(BASE, APPLICATIONS, ARCHIVE, CONSOLE)
                .flatMap(KubernetesFilesTest::documents)
                .map(StrictModels::read)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Map<String, PodSpec> pods() {
        Map<String, PodSpec> pods = new LinkedHashMap<>();
        base(Object.class)
                .map(KubernetesFilesTest::podOf)
                .flatMap(Optional::stream)
                .forEach(template ->
                        pods.put(template.getMetadata().getLabels().get("app.kubernetes.io/name"), template.getSpec()));
        return pods;
    }

    /// The labels of all pods, by their names.
    private static Map<String, Map<String, String>> labels() {
        Map<String, Map<String, String>> labels = new LinkedHashMap<>();
        base(Object.class)
                .map(KubernetesFilesTest::podOf)
                .flatMap(Optional::stream)
                .map(template -> template.getMetadata().getLabels())
                .forEach(pod -> labels.put(pod.get("app.kubernetes.io/name"), pod));
        return labels;
    }

    private static Map<String, String> environment(PodSpec pod) {
        Map<String, String> environment = new LinkedHashMap<>();
        container(pod).getEnv().forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        return environment;
    }

    private static Optional<PodTemplateSpec> podOf(Object resource) {
        return switch (resource) {
            case Deployment deployment -> Optional.of(deployment.getSpec().getTemplate());
            case StatefulSet set -> Optional.of(set.getSpec().getTemplate());
            case Job job -> Optional.of(job.getSpec().getTemplate());
            case CronJob job ->
                Optional.of(job.getSpec().getJobTemplate().getSpec().getTemplate());
            default -> Optional.empty();
        };
    }

    private static long mebibytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).longValue() >> 20;
    }

    private static Container container(PodSpec pod) {
        assertThat(pod.getContainers()).hasSize(1);
        return pod.getContainers().getFirst();
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("admin");
        return probe.getHttpGet().getPath();
    }
}

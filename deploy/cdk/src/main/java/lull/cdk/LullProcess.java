package lull.cdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.cdk.installation.ApplicationDestinations;
import lull.cdk.installation.ChannelSecrets;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cdk.installation.LullSettings;
import lull.cdk.installation.Ports;
import lull.contract.topic.KafkaAccess;
import lull.ingress.reply.FileSettings;

/// Processes that run as tasks: their images, commands, ports and secrets.
enum LullProcess {
    INGRESS(KafkaAccess.INGRESS, "ingress", List.of("ingress"), List.of(Ports.INGRESS, Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            List<String> names = new ArrayList<>();
            if (installation.doors().webhooks()) {
                names.addAll(List.of("whatsapp.app.secrets", "whatsapp.verify.token"));
            }
            if (installation.doors().hasReplies()) {
                names.add("replies.tokens");
            }
            // It uploads files of applications.
            if (FileSettings.isOn(LullSettings.loaded(installation))) {
                names.addAll(accessTokens(installation));
            }
            names.addAll(new ApplicationDestinations(installation).secretsOfCallbacks());
            names.addAll(ChannelSecrets.ofIngress(installation));
            return names;
        }
    },

    AGGREGATOR(KafkaAccess.AGGREGATOR, "aggregator", List.of("aggregator"), List.of(Ports.AGGREGATOR, Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of("aggregator.tokens");
        }
    },

    BRIDGE(KafkaAccess.BRIDGE, "connect-bridge", List.of("bridge"), List.of(Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            List<String> names = new ArrayList<>(accessTokens(installation));
            names.addAll(ChannelSecrets.ofBridge(installation));
            return names;
        }
    },

    /// Gives turns to applications of the business. It runs only if the settings of the installation have any.
    APPLICATIONS(KafkaAccess.APPLICATIONS, "applications", List.of("applications"), List.of(Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            ApplicationDestinations destinations = new ApplicationDestinations(installation);
            List<String> names = new ArrayList<>(destinations.secrets());
            if (destinations.getsFiles()) {
                names.addAll(accessTokens(installation));
                names.addAll(ChannelSecrets.ofBridge(installation));
            }
            return names;
        }

        @Override
        boolean isPartOf(Installation installation) {
            return new ApplicationDestinations(installation).areThere();
        }
    },

    /// Writes every topic to a database, and answers what was said. It runs only if the file has a database for it.
    ARCHIVE(KafkaAccess.ARCHIVE, "archive", List.of("archive"), List.of(Ports.ARCHIVE, Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of("archive.tokens");
        }

        @Override
        boolean isPartOf(Installation installation) {
            return installation.archive().isPresent();
        }
    },

    /// Shows operators who waits and why. It runs only if the file has it, and does with Kafka what `bin/lull dlq`
    /// does.
    CONSOLE(
            "console",
            Optional.of(KafkaAccess.DEAD_LETTERS),
            "cli",
            List.of("console"),
            List.of(Ports.CONSOLE, Ports.ADMIN)) {
        @Override
        List<String> secrets(Installation installation) {
            List<String> names = new ArrayList<>(List.of("console.operators", "console.aggregator.token"));
            if (ARCHIVE.isPartOf(installation)) {
                names.add("console.archive.token");
            }
            return names;
        }

        @Override
        boolean isPartOf(Installation installation) {
            return installation.console().isPresent();
        }
    },

    /// Creates topics, checks them, and ends.
    TOPICS(KafkaAccess.TOPICS, "cli", List.of("topics", "create"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of();
        }
    },

    /// Checks the whole installation, and ends.
    DOCTOR(KafkaAccess.DOCTOR, "cli", List.of("doctor"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            List<String> names = new ArrayList<>(accessTokens(installation));
            names.addAll(ARCHIVE.secretsOf(installation));
            // It asks channels and Chatwoot as the processes do that call them.
            names.addAll(new ApplicationDestinations(installation).secretsOfChecks());
            names.addAll(ChannelSecrets.ofBridge(installation));
            return names;
        }
    },

    /// Adds partitions to a topic, and ends.
    REPARTITION(KafkaAccess.REPARTITION, "cli", List.of("topics", "repartition"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of();
        }
    },

    /// Lists dead letters, sends them again or discards them, and ends.
    DEAD_LETTERS(KafkaAccess.DEAD_LETTERS, "cli", List.of("dlq", "list"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of();
        }
    },

    /// Deletes what Lull keeps of a customer, and ends. Its customer is in a parameter that is there for one run only.
    ERASE(KafkaAccess.ERASE, "cli", List.of("erase", "--dry-run"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return ARCHIVE.secretsOf(installation);
        }
    },

    /// Calculates from the archive what other gaps would do, and ends. It runs only if there is an archive, and uses
    /// neither Kafka nor AWS.
    ADVICE("advice", Optional.empty(), "cli", List.of("gap", "advise"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return ARCHIVE.secretsOf(installation);
        }

        @Override
        boolean isPartOf(Installation installation) {
            return ARCHIVE.isPartOf(installation);
        }
    },

    /// Shows or changes gaps by the operators' API of an aggregator, and ends. It uses neither Kafka nor AWS.
    GAP("gap", Optional.empty(), "cli", List.of("gap", "show"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of("aggregator.tokens");
        }
    };

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // an Optional of an enum
    private final Optional<KafkaAccess> access;

    private final String repository;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> command;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Integer> ports;

    LullProcess(KafkaAccess access, String repository, List<String> command, List<Integer> ports) {
        this(access.word(), Optional.of(access), repository, command, ports);
    }

    LullProcess(
            String word, Optional<KafkaAccess> access, String repository, List<String> command, List<Integer> ports) {
        this.word = word;
        this.access = access;
        this.repository = repository;
        this.command = command;
        this.ports = ports;
    }

    /// Returns the processes of an installation that run all the time.
    static List<LullProcess> services(Installation installation) {
        return Stream.of(values())
                .filter(LullProcess::isService)
                .filter(process -> process.isPartOf(installation))
                .toList();
    }

    /// Returns the processes of an installation that run one command and end.
    static List<LullProcess> commands(Installation installation) {
        return Stream.of(values())
                .filter(process -> !process.isService())
                .filter(process -> process.isPartOf(installation))
                .toList();
    }

    /// Returns the names of the settings that are secrets.
    abstract List<String> secrets(Installation installation);

    /// Returns the same, if an installation has the process: those that call it need them too.
    private List<String> secretsOf(Installation installation) {
        return isPartOf(installation) ? secrets(installation) : List.of();
    }

    /// Returns what it may do on Kafka; empty if it does not use Kafka.
    Optional<KafkaAccess> access() {
        return access;
    }

    /// Returns the name, as in its command.
    String word() {
        return word;
    }

    /// Returns the repository of its image, without the prefix.
    String repository() {
        return repository;
    }

    /// Returns the command, which can be replaced for a process that is no service.
    List<String> command() {
        return command;
    }

    List<Integer> ports() {
        return ports;
    }

    /// Whether an installation has it.
    boolean isPartOf(Installation installation) {
        return true;
    }

    /// Whether it connects to the database of the archive, if there is one.
    boolean usesDatabase() {
        return this == ARCHIVE || this == DOCTOR;
    }

    /// Whether it runs all the time.
    boolean isService() {
        return !ports.isEmpty();
    }

    /// Returns the member of the secret that has the value of a setting. The console calls others with the tokens that
    /// they accept.
    static String member(String setting) {
        return switch (setting) {
            case "console.aggregator.token" -> "aggregator-tokens";
            case "console.archive.token" -> "archive-tokens";
            default -> setting.replace('.', '-');
        };
    }

    /// Returns the members of the secret by environment variable.
    Map<String, String> secretMembers(Installation installation) {
        Map<String, String> members = new LinkedHashMap<>();
        secrets(installation).forEach(setting -> members.put(LullSettings.variable(setting), member(setting)));
        return members;
    }

    /// Returns the access tokens of the business numbers that do not send by AWS End User Messaging.
    private static List<String> accessTokens(Installation installation) {
        List<String> names = new ArrayList<>();
        if (installation.numbers().stream()
                .anyMatch(number -> number.endUserMessagingId().isEmpty() && !number.hasOwnToken())) {
            names.add("whatsapp.access.token");
        }
        installation.numbers().stream()
                .filter(BusinessNumber::hasOwnToken)
                .forEach(number -> names.add("whatsapp.access.token." + number.id()));
        return names;
    }
}

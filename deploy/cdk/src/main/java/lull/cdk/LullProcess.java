package lull.cdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cdk.installation.LullSettings;
import lull.cdk.installation.Ports;
import lull.contract.topic.KafkaAccess;

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
    },

    /// Creates topics, and ends.
    TOPICS(KafkaAccess.TOPICS, "cli", List.of("topics", "create"), List.of()) {
        @Override
        List<String> secrets(Installation installation) {
            return List.of();
        }
    };

    private final KafkaAccess access;
    private final String repository;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> command;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Integer> ports;

    LullProcess(KafkaAccess access, String repository, List<String> command, List<Integer> ports) {
        this.access = access;
        this.repository = repository;
        this.command = command;
        this.ports = ports;
    }

    /// Returns the names of the settings that are secrets.
    abstract List<String> secrets(Installation installation);

    KafkaAccess access() {
        return access;
    }

    /// Returns the name, as in its command.
    String word() {
        return access.word();
    }

    /// Returns the repository of its image, without the prefix.
    String repository() {
        return repository;
    }

    List<String> command() {
        return command;
    }

    List<Integer> ports() {
        return ports;
    }

    /// Whether it runs all the time.
    boolean isService() {
        return this != TOPICS;
    }

    /// Returns the member of the secret that has the value of a setting.
    static String member(String setting) {
        return setting.replace('.', '-');
    }

    /// Returns the members of the secret by environment variable.
    Map<String, String> secretMembers(Installation installation) {
        Map<String, String> members = new LinkedHashMap<>();
        secrets(installation).forEach(setting -> members.put(LullSettings.variable(setting), member(setting)));
        return members;
    }
}

package lull.runtime.kafka;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import lull.runtime.Reachability;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// Addresses of `bootstrap.servers`, and the reason why no broker answers there. A Kafka client reports
/// only that a call has timed out, so each address is tried with a separate connection.
final class BrokerAddresses {

    private static final String NO_ADDRESS = "not an address such as localhost:9092";

    /// The message of a client that cannot resolve any of the names.
    private static final Pattern UNRESOLVABLE = Pattern.compile("No resolvable bootstrap");

    /// The start of the message if a client could not be created.
    private static final String NOT_CREATED = "Failed to create new";

    private final List<String> addresses;
    private final String protocol;

    private BrokerAddresses(List<String> addresses, String protocol) {
        this.addresses = List.copyOf(addresses);
        this.protocol = protocol;
    }

    static BrokerAddresses of(KafkaSetup kafka) {
        Map<String, String> said = kafka.overrides();
        return new BrokerAddresses(
                Arrays.stream(said.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "")
                                .split(","))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .toList(),
                said.getOrDefault(
                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL));
    }

    /// Returns why a call of a client has failed, in words and with the address; takes two seconds at
    /// most.
    String problem(Throwable failure) throws InterruptedException {
        Throwable cause = cause(failure);
        String shown = String.join(", ", addresses);
        return switch (cause) {
            case SaslAuthenticationException e -> "the broker at " + shown + " refuses the login: " + e.getMessage();
            case SslAuthenticationException e -> "TLS with the broker at " + shown + " fails: " + e.getMessage();
            case AuthorizationException e -> "the broker at " + shown + " does not permit it: " + e.getMessage();
            case UnsupportedVersionException e -> "the broker at " + shown + " is too old: " + e.getMessage();
            case ConfigException e
            when !UNRESOLVABLE.matcher(String.valueOf(e.getMessage())).find() ->
                "Kafka's client cannot be set up: " + e.getMessage();
            default -> {
                Optional<String> setup = setup(failure);
                yield setup.isPresent()
                        ? "Kafka's client cannot be set up: " + setup.get()
                        : "no broker answers at " + perAddress();
            }
        };
    }

    /// Returns why a client could not be created, such as a broken trust store; empty if the failure is
    /// of another kind. Kafka's own message says only that it failed, so the messages of all causes are
    /// joined.
    private static Optional<String> setup(Throwable failure) {
        if (!String.valueOf(failure.getMessage()).startsWith(NOT_CREATED)) {
            return Optional.empty();
        }
        Set<String> words = new LinkedHashSet<>();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            // A wrapper repeats its cause with the name of its class.
            if (message != null
                    && (cause.getCause() == null
                            || !message.equals(cause.getCause().toString()))) {
                words.add(message.strip());
            }
        }
        return words.isEmpty() || UNRESOLVABLE.matcher(String.join(" ", words)).find()
                ? Optional.empty()
                : Optional.of(String.join(": ", words));
    }

    /// Returns the first failure: clients wrap it.
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause.getClass().equals(KafkaException.class))) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String perAddress() throws InterruptedException {
        Map<String, Future<String>> tried = new LinkedHashMap<>();
        for (String address : addresses) {
            FutureTask<String> attempt = new FutureTask<>(() -> state(address));
            Thread.ofVirtual().name("try-broker").start(attempt);
            tried.put(address, attempt);
        }
        List<String> states = new ArrayList<>();
        for (Map.Entry<String, Future<String>> address : tried.entrySet()) {
            try {
                states.add(address.getKey() + " (" + address.getValue().get() + ")");
            } catch (ExecutionException e) {
                states.add(address.getKey() + " (" + e.getCause() + ")");
            }
        }
        return String.join(", ", states);
    }

    private String state(String address) throws InterruptedException {
        URI uri;
        try {
            uri = URI.create("kafka://" + address);
        } catch (IllegalArgumentException e) {
            return NO_ADDRESS;
        }
        String host = uri.getHost();
        return host == null || uri.getPort() < 0
                ? NO_ADDRESS
                : Reachability.problem(host, uri.getPort())
                        .orElse("it accepts connections but does not answer by " + protocol
                                + "; check kafka.security.protocol, and that the broker's advertised listeners can be"
                                + " reached from here");
    }
}

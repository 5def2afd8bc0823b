package lull.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import lull.runtime.FileProblem;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/// Names of the properties of Kafka's clients: those that exist, and those that operators may not set.
/// A client ignores an unknown name, so a misspelt `security.protocol` would connect without
/// encryption.
final class KafkaProperties {

    /// Prefixes that clients of Kafka Streams use, with the client whose property follows.
    private static final Map<String, Set<String>> PREFIXES = Map.of(
            "consumer.", ConsumerConfig.configNames(),
            "main.consumer.", ConsumerConfig.configNames(),
            "restore.consumer.", ConsumerConfig.configNames(),
            "global.consumer.", ConsumerConfig.configNames(),
            "producer.", ProducerConfig.configNames(),
            "admin.", AdminClientConfig.configNames());

    /// Client properties on which Lull's guarantees depend; setting one is reported instead of silently
    /// ignored.
    private static final Set<String> FIXED = Set.of(
            "acks",
            "application.id",
            "auto.offset.reset",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "isolation.level",
            "processing.guarantee",
            "transactional.id");

    /// Variables of Kafka's own scripts and images, which are not client properties.
    private static final Set<String> SCRIPT_VARIABLES = Set.of(
            "KAFKA_OPTS",
            "KAFKA_HEAP_OPTS",
            "KAFKA_JVM_PERFORMANCE_OPTS",
            "KAFKA_LOG4J_OPTS",
            "KAFKA_GC_LOG_OPTS",
            "KAFKA_JMX_OPTS",
            "KAFKA_JMX_PORT",
            "KAFKA_DEBUG",
            "KAFKA_HOME",
            "KAFKA_VERSION");

    /// Variables that Kubernetes sets in every pod for a service whose name is `kafka` or starts with
    /// it.
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "KAFKA_(?:[A-Z0-9_]+_)?"
                    + "(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)");

    private static final List<ConfigDef> DEFINITIONS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    /// Files that a client reads when it is created.
    private static final Set<String> FILES =
            Set.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    /// Lists of classes. Kafka has no type for these.
    private static final Set<String> CLASSES = Set.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    private static final Set<String> PASSWORDS = DEFINITIONS.stream()
            .flatMap(definitions -> definitions.configKeys().values().stream())
            .filter(definition -> definition.type == ConfigDef.Type.PASSWORD)
            .map(definition -> definition.name)
            .collect(Collectors.toUnmodifiableSet());

    /// Words in the names that Kafka gives to secrets.
    private static final List<String> SECRET_WORDS = List.of("password", "passphrase", "jaas", "secret", "token.value");

    /// The mechanisms that Kafka's clients include.
    private static final List<String> MECHANISMS =
            List.of("GSSAPI", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");

    private final Set<String> known;

    /// @param more names of clients that the runtime does not know, such as those of Kafka Streams
    KafkaProperties(Set<String> more) {
        Set<String> all = new TreeSet<>(more);
        all.addAll(ConsumerConfig.configNames());
        all.addAll(ProducerConfig.configNames());
        all.addAll(AdminClientConfig.configNames());
        this.known = Set.copyOf(all);
    }

    /// Whether a variable of the environment is for Kafka's clients.
    static boolean isForClients(String variable) {
        return !SCRIPT_VARIABLES.contains(variable)
                && !SERVICE_LINK.matcher(variable).matches();
    }

    /// Whether the value of a property may be shown and logged. The value of an unknown property may be
    /// a secret.
    boolean isShown(String name) {
        String plain = plain(name);
        return isKnown(name)
                && !PASSWORDS.contains(plain)
                && SECRET_WORDS.stream().noneMatch(plain::contains);
    }

    /// Returns why a property cannot be set, in words and with the name that may be meant; empty if it
    /// can.
    Optional<String> problem(String name) {
        String plain = plain(name);
        if (FIXED.contains(plain)) {
            return Optional.of("Kafka's " + name + " cannot be set: Lull's guarantees depend on its value");
        }
        return isKnown(name)
                ? Optional.empty()
                : Optional.of("No Kafka client has a property " + name
                        + suggestion(name)
                                .map(meant -> ": is " + meant + " meant?")
                                .orElse("")
                        + " (set as kafka." + name + " or " + variable(name) + ")");
    }

    /// Returns why a property cannot have this value, in words without secrets; empty if it can, as far
    /// as is known before a client is created.
    Optional<String> problem(String name, String value) {
        String plain = plain(name);
        return reason(name, plain, value)
                .map(reason -> "kafka." + name + " (" + variable(name) + ") cannot be used: "
                        + reason.replaceFirst("\\.$", "").replaceAll("\\s+", " "));
    }

    private Optional<String> reason(String name, String plain, String value) {
        if (FILES.contains(plain)) {
            return unreadable(value);
        }
        if (CLASSES.contains(plain)) {
            return Stream.of(value.split(",", -1))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty() && !isClass(one))
                    .findFirst()
                    .map(one -> "there is no class " + one + " on the class path");
        }
        if (plain.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            return brokenJaas(value);
        }
        if (plain.equals(SslConfigs.SSL_CIPHER_SUITES_CONFIG)) {
            return unknownCipher(value);
        }
        for (ConfigDef definitions : DEFINITIONS) {
            ConfigDef.ConfigKey key = definitions.configKeys().get(plain);
            // Whether a single class exists, such as a cloud's login, is known only where the client
            // runs, and Kafka reports it in one sentence.
            if (key != null && key.type != ConfigDef.Type.CLASS) {
                return wrong(name, key, value);
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(String name, ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(
                    isShown(name)
                            ? SettingsLoader.withoutUsers(String.valueOf(e.getMessage()))
                            : "its value is not valid");
        }
    }

    private static Optional<String> unreadable(String value) {
        try (InputStream in = Files.newInputStream(Path.of(value))) {
            int _ = in.read();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileProblem.words(Path.of(value), e));
        } catch (InvalidPathException e) {
            return Optional.of("it is not the path of a file");
        }
    }

    private static Optional<String> unknownCipher(String value) {
        try {
            Set<String> known =
                    Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
            return Setting.words(value).stream()
                    .filter(suite -> !known.contains(suite))
                    .findFirst()
                    .map(suite -> "this JVM has no cipher suite " + suite);
        } catch (NoSuchAlgorithmException e) {
            // Kafka's client reports what is wrong with TLS.
            return Optional.empty();
        }
    }

    /// Returns why these properties cannot be used together.
    static Optional<String> problemOfMechanism(Map<String, String> kafka) {
        String mechanism = kafka.get(SaslConfigs.SASL_MECHANISM);
        return mechanism == null
                        || MECHANISMS.contains(mechanism)
                        || kafka.containsKey(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS)
                ? Optional.empty()
                : Optional.of(
                        "kafka." + SaslConfigs.SASL_MECHANISM + " cannot be used: Kafka's clients have no mechanism "
                                + mechanism + ", but " + String.join(", ", MECHANISMS)
                                + "; another one needs kafka." + SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS);
    }

    private static boolean isClass(String name) {
        try {
            Class<?> _ = Class.forName(name, false, KafkaProperties.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Optional<String> brokenJaas(String value) {
        try {
            JaasContext _ = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(value)));
            return Optional.empty();
        } catch (KafkaException | IllegalArgumentException | SecurityException e) {
            // Quoted text may be part of a secret.
            return Optional.of(String.valueOf(e.getMessage()).replaceAll("'[^']*'", "'***'")
                    + "; it must be a login module, required, its options and a semicolon");
        }
    }

    private static String plain(String name) {
        return PREFIXES.keySet().stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private boolean isKnown(String name) {
        return known.contains(name)
                || PREFIXES.entrySet().stream()
                        .anyMatch(prefix -> name.startsWith(prefix.getKey())
                                && prefix.getValue()
                                        .contains(name.substring(prefix.getKey().length())));
    }

    private Optional<String> suggestion(String name) {
        for (Map.Entry<String, Set<String>> prefix : PREFIXES.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                String rest = name.substring(prefix.getKey().length());
                return Nearest.to(rest, List.copyOf(prefix.getValue())).map(meant -> prefix.getKey() + meant);
            }
        }
        return Nearest.to(name, known);
    }

    private static String variable(String name) {
        return "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}

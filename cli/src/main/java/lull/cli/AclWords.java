package lull.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Spelling of operations on Kafka in kafka-acls.sh and in Strimzi's resources.
final class AclWords {

    private AclWords() {}

    /// Returns the spelling of an operation, such as `DescribeConfigs` for `DESCRIBE_CONFIGS`.
    static String operation(String name) {
        return Arrays.stream(name.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}

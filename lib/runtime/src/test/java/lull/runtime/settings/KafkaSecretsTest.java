package lull.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSecretsTest {

    private static final KafkaProperties PROPERTIES = new KafkaProperties(Set.of("num.stream.threads"));

    @Test
    void whatKafkaDefinesAsAPasswordIsNotShown() {
        for (ConfigDef definitions :
                new ConfigDef[] {ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef()
                }) {
            for (ConfigDef.ConfigKey definition : definitions.configKeys().values()) {
                if (definition.type == ConfigDef.Type.PASSWORD) {
                    assertThat(PROPERTIES.isShown(definition.name))
                            .as(definition.name)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.keystore.certificate.chain",
                "ssl.truststore.certificates",
                "ssl.keystore.key",
                "consumer.ssl.key.password",
                "main.consumer.sasl.jaas.config",
                "admin.ssl.truststore.password",
                "ssl.keystore.passphrase",
                "vendor.api.key",
                "vendor.credential",
                "x",
            })
    void whatMayBeASecretIsNotShown(String name) {
        assertThat(PROPERTIES.isShown(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap.servers",
                "security.protocol",
                "sasl.mechanism",
                "consumer.fetch.max.bytes",
                "producer.linger.ms",
                "ssl.truststore.location",
                "num.stream.threads",
            })
    void whatIsNoneIsShown(String name) {
        assertThat(PROPERTIES.isShown(name)).isTrue();
    }
}

package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every wrong setting is one clear sentence at the start, which names the setting and what it must be.
final class WrongSettingsTest {

    private static final Map<String, String> RIGHT = Map.of(
            "connect.instance.id", "11111111-2222-3333-4444-555555555555",
            "connect.contact.flow.id", "66666666-7777-8888-9999-000000000000",
            "connect.streaming.topic.arn", "arn:aws:sns:eu-central-1:123456789012:connect-chat");

    @Test
    void whatIsRightIsTaken() {
        Map<String, String> settings = new HashMap<>(RIGHT);
        settings.put("connect.region", "us-gov-west-1");
        settings.put("connect.queue.url", "https://sqs.eu-central-1.amazonaws.com/123456789012/connect-chat");
        settings.put("eum.queue.url", "http://localhost:9324/queue/whatsapp.fifo");
        settings.put(
                "eum.topic.arns", "arn:aws-cn:sns:cn-north-1:123456789012:a, arn:aws:sns:us-east-1:123456789012:b");
        settings.put("whatsapp.graph.version", "v23.0");
        settings.put("connect.content.types", "text/plain, text/markdown");
        settings.put("whatsapp.reaction", "👍🏽");
        settings.put("store.base.url", "https://files.example/whatsapp");
        settings.put("aggregator.advertised", "[fd00::1]:8082");
        settings.put("turn.urgent.words", "lang:en, lang:hi, fire alarm, 🆘");

        assertThatCode(() -> Configuration.load(Map.of(), settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp.access.token,            one line of visible ASCII characters",
        "whatsapp.access.token.100,        one line of visible ASCII characters",
        "aggregator.tokens,                one line of visible ASCII characters",
        "replies.tokens,                   one line of visible ASCII characters",
        "whatsapp.app.secrets,             one line without control characters",
        "whatsapp.app.secrets.other,       one line without control characters",
        "whatsapp.verify.token,            one line without control characters",
    })
    void aSecretOfTwoLinesIsRejectedAndNotPrinted(String setting, String words) {
        for (String end : List.of("\nhunter2", "\r\nhunter2", "\u0001hunter2", "\u0085hunter2")) {
            Map<String, String> settings = new HashMap<>(RIGHT);
            settings.put("connect.numbers", "100");
            settings.put("whatsapp.apps", "other");
            settings.put(setting, "onetoken" + end);

            CannotStart refused = catchThrowableOfType(CannotStart.class, () -> Configuration.load(Map.of(), settings));

            assertThat(refused).hasMessageContaining(setting).hasMessageContaining(words);
            assertThat(refused.getMessage()).doesNotContain("hunter2", "onetoken");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            eum.topic.arns                     | nonsense                                   | the ARN of an SNS topic
            eum.topic.arns                     | arn:aws:sqs:us-east-1:123456789012:queue   | the ARN of an SNS topic
            eum.topic.arns                     | arn:aws:sns:us-east-1:123456789012:a,b     | the ARN of an SNS topic
            connect.streaming.topic.arn        | arn:aws:sns:us-east-1:12345:a              | the ARN of an SNS topic
            connect.streaming.topic.arn        | arn:aws:sns::123456789012:a                | the ARN of an SNS topic
            connect.streaming.topic.arn        | ``                                         | must not be empty
            connect.queue.url                  | foo                                        | the address of an SQS queue
            connect.queue.url                  | https://sqs.eu-central-1.amazonaws.com     | the address of an SQS queue
            connect.queue.url                  | arn:aws:sqs:us-east-1:123456789012:queue   | the address of an SQS queue
            eum.queue.url                      | sqs.us-east-1.amazonaws.com/1/a            | the address of an SQS queue
            connect.region                     | not a region                               | an AWS Region
            connect.region                     | Frankfurt                                  | an AWS Region
            connect.region                     | eu-central                                 | an AWS Region
            connect.region                     | ``                                         | an AWS Region
            eum.queue.region                   | US-EAST-1                                  | an AWS Region
            whatsapp.eum.region                | eu_central_1                               | an AWS Region
            store.s3.region                    | eu-central-1a                              | an AWS Region
            transcribe.region                  | here                                       | an AWS Region
            whatsapp.graph.version             | v 23                                       | a version of the Graph API
            whatsapp.graph.version             | 23.0                                       | a version of the Graph API
            whatsapp.graph.version             | v23.0/../x                                 | a version of the Graph API
            connect.content.types              | text/markdown                              | must include text/plain
            connect.content.types              | ``                                         | must include text/plain
            connect.content.types              | text/plain,markdown                        | a content type
            whatsapp.media.hosts               | .                                          | the name of a host
            whatsapp.media.hosts               | .com                                       | the name of a host
            whatsapp.media.hosts               | lookaside.fbsbx.com,https://evil.example   | the name of a host
            whatsapp.graph.endpoint            | graph.facebook.com                         | an address of http or https
            whatsapp.graph.endpoint            | ftp://graph.facebook.com                   | an address of http or https
            whatsapp.graph.endpoint            | https://                                   | an address of http or https
            whatsapp.graph.endpoint            | http://graph.facebook.com                  | must use https, because the access token
            whatsapp.graph.endpoint            | https://graph facebook.com                 | an address of http or https
            connect.endpoint                   | http://localhost:99999                     | an address of http or https
            connect.participant.endpoint       | http://user:secret@localhost               | an address of http or https
            connect.endpoint                   | http://connect.example                     | must use https, because tokens of chats
            connect.participant.endpoint       | http://participant.example                 | must use https, because tokens of chats
            connect.participant.endpoint       | http://10.255.255.1:8080                   | must use https, because tokens of chats
            connect.queue.endpoint             | file:///etc/passwd                         | an address of http or https
            store.base.url                     | https://files.example/a?b=c                | an address of http or https
            sns.endpoint                       | http://[::1                                | an address of http or https
            whatsapp.eum.s3.endpoint           | localhost                                  | an address of http or https
            connect.credentials                | aws                                        | default or placeholder
            eum.queue.credentials              | none                                       | default or placeholder
            connect.instance.id                | my instance                                | an id of Amazon Connect
            connect.contact.flow.id            | ``                                         | must
            store.s3.bucket                    | My_Bucket                                  | the name of a bucket
            whatsapp.eum.bucket                | s3://bucket                                | the name of a bucket
            ingress.topic                      | my topic                                   | the name of a Kafka topic
            ingress.topic                      | ..                                         | the name of a Kafka topic
            topics.inputs                      | a,b/c                                      | the name of a Kafka topic
            topics.inputs                      | ``                                         | must name at least one topic
            turn.output                        | turns!                                     | the name of a Kafka topic
            destinations                       | My Bot                                     | lower-case letters
            destinations                       | connect                                    | must not name connect
            routes                             | pilot                                      | must be routes such as pilot:
            routes                             | pilot: share=10                            | must give the route pilot a destination
            ingress.routes                     | 123=a b                                    | the name of a Kafka topic
            ingress.routes                     | +49 30=topic                               | phone_number_id
            ingress.routes                     | 123                                        | pairs such as name=value
            connect.numbers                    | +4930123                                   | phone_number_id
            turn.numbers                       | main                                       | phone_number_id
            replies.business.number            | +1 555 0100                                | phone_number_id
            whatsapp.eum.numbers               | main=phone-number-id-1                     | phone_number_id
            whatsapp.apps                      | My App                                     | lower-case letters
            agent.language                     | fr                                         | en or de
            transcribe.languages               | english                                    | a language by Amazon's code
            attachments.extensions             | .pdf                                       | an extension
            connect.attributes                 | my name=x                                  | letters, digits
            connect.rates                      | StartChatContact=NaN/1                     | rates above 0
            connect.rates                      | StartChatContact=fast                      | must
            whatsapp.reaction                  | thumbsup                                   | one emoji
            whatsapp.list.button               | Please choose one of these                 | 1 to 20 characters
            connect.display.name               | ` `                                        | must not be empty
            aggregator.advertised              | 10.0.0.7                                   | host:port
            listen.host                        | this machine                               | an address of this machine
            turn.gap                           | five seconds                               | a span of time
            turn.gap                           | 99999999999999999999d                      | a span of time
            turn.gap                           | -5s                                        | a span of time
            turn.gap                           | 1000h                                      | must be from
            turn.joiner                        | a\\q                                        | a backslash begins an escape
            turn.kinds.open                    | txt                                        | kinds of messages
            turn.flush.words                   | ...                                        | a letter or a digit
            turn.urgent.words                  | urgent, lang:xx                            | must name one of ar, de
            turn.urgent.words                  | file:/nowhere/urgent.txt                   | does not exist
            lane.slots                         | 1e3                                        | a whole number
            lane.slots                         | 99999999999                                | a whole number
            lane.slots                         | 0                                          | must be from
            ingress.port                       | 70000                                      | must be from
            agent.notes                        | maybe                                      | must be true or false
            doubt.chats                        | ask                                        | must be send or tell
            connect.event.doors                | smtp                                       | must
            chat.token.keys                    | a=short                                    | must
            care.window.templates              | nonsense                                   | must
            lane.slot                          | 1                                          | is lane.slots meant
            ingress.host                       | 127.0.0.1:80                               | without a port
            listen.host                        | localhost:8080                             | without a port
            kafka.linger.ms                    | abc                                        | linger.ms: Not a number
            kafka.consumer.max.poll.records    | many                                       | Not a number
            kafka.max.poll.records             | 0                                          | must be at least 1
            kafka.security.protocol            | PLAIN                                      | security.protocol
            kafka.compression.type             | rar                                        | compression.type
            kafka.ssl.truststore.location      | /nope                                      | it does not exist
            kafka.ssl.keystore.location        | /                                          | it is a directory
            kafka.interceptor.classes          | evil.Class                                 | there is no class evil.Class
            kafka.metric.reporters             | evil.Class                                 | there is no class evil.Class
            kafka.sasl.jaas.config             | broken secret@;                            | JAAS
            kafka.sasl.jaas.config             | x.Login required password="secret@"        | JAAS
            """)
    void isOneSentenceThatNamesItAndWhatItMustBe(String name, String value, String words) {
        Map<String, String> settings = new HashMap<>(RIGHT);
        settings.put(name, value);

        CannotStart told = catchThrowableOfType(CannotStart.class, () -> Configuration.load(Map.of(), settings));

        assertThat(told).isNotNull();
        assertThat(String.valueOf(told.getMessage()).lines().skip(1))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("  - ")
                        .contains(name, words)
                        .doesNotContain("Exception")
                        .doesNotContain("secret@")
                        .hasSizeLessThan(600));
    }

    @ParameterizedTest
    @CsvSource({"connect.region, not a region", "eum.topic.arns, nonsense", "turn.numbers, main"})
    void theEnvironmentIsReadTheSame(String name, String value) {
        Map<String, String> environment = new HashMap<>();
        RIGHT.forEach((key, right) -> environment.put(variable(key), right));
        environment.put(variable(name), value);

        assertThat(catchThrowableOfType(CannotStart.class, () -> Configuration.load(environment, Map.of())))
                .hasMessageContaining(variable(name))
                .hasMessageContaining(value);
    }

    private static String variable(String name) {
        return "LULL_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}

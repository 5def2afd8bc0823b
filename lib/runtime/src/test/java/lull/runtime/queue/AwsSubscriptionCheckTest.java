package lull.runtime.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lull.runtime.CheckResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The SDK against a server with SNS's protocol.
final class AwsSubscriptionCheckTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:chats";
    private static final String QUEUE = "arn:aws:sqs:eu-central-1:111122223333:chats";
    private static final String OTHERS = member("https", "https://example.com/", "1") + member("sqs", QUEUE + "2", "2");

    private HttpServer server;
    private String firstPage = "";
    private String secondPage = "";
    private String attributes = "";
    private int status = 200;
    private String code = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aQueueThatIsSubscribedIsWell() {
        firstPage = OTHERS + member("sqs", QUEUE, TOPIC + ":3");

        assertThat(check().toString()).contains("It is subscribed to " + TOPIC);
        assertThat(check().isWell()).isTrue();
    }

    @Test
    void theSubscriptionMayBeOnAFurtherPage() {
        firstPage = OTHERS;
        secondPage = member("sqs", QUEUE, TOPIC + ":3");

        assertThat(check().isWell()).isTrue();
    }

    @Test
    void aQueueWithoutASubscriptionIsWrong() {
        firstPage = OTHERS;

        assertThat(check().isWell()).isFalse();
        assertThat(check().toString()).contains("The queue is not subscribed to " + TOPIC, "Subscribe " + QUEUE);
    }

    @Test
    void aSubscriptionThatIsNotConfirmedIsWrong() {
        firstPage = member("sqs", QUEUE, "PendingConfirmation");

        assertThat(check().toString()).contains("is not confirmed");
    }

    @ParameterizedTest
    @CsvSource({
        "RawMessageDelivery, true, has raw message delivery",
        "RawMessageDelivery, false, It is subscribed",
        "FilterPolicy, '{\"a\":[\"b\"]}', has a filter policy",
        "FilterPolicy, {}, It is subscribed"
    })
    void theSubscriptionDeliversEverythingInEnvelopes(String name, String value, String words) {
        firstPage = member("sqs", QUEUE, TOPIC + ":3");
        attributes = "<entry><key>" + name + "</key><value>" + value + "</value></entry>";

        assertThat(check().toString()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "404, NotFound, The topic " + TOPIC + ": SNS answers 404",
        "403, AuthorizationError, It is not known whether the queue is subscribed",
        "400, InvalidParameter, It is not known whether the queue is subscribed"
    })
    void whatSnsRefusesIsSaid(int refusal, String reason, String words) {
        status = refusal;
        code = reason;

        assertThat(check().isWell()).isEqualTo(refusal != 404);
        assertThat(check().toString()).contains(words);
    }

    @Test
    void withoutAnAnswerNothingIsKnown() {
        URI nowhere = address();
        server.stop(0);

        assertThat(check(nowhere).toString()).contains("It is not known whether the queue is subscribed to " + TOPIC);
    }

    private CheckResult check() {
        return check(address());
    }

    private static CheckResult check(URI sns) {
        return AwsSubscriptionCheck.of(
                new QueueOptions(
                        "chat-event-queue",
                        "",
                        "https://sqs.eu-central-1.amazonaws.com/111122223333/chats",
                        "eu-central-1",
                        Optional.empty(),
                        true,
                        1,
                        QueueOptions.LONG_POLL,
                        Duration.ofSeconds(1)),
                QUEUE,
                TOPIC,
                Optional.of(sns));
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String body;
        if (status != 200) {
            body = "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>"
                    + code + "</Code><Message>No</Message></Error><RequestId>r</RequestId></ErrorResponse>";
        } else if (request.contains("Action=GetSubscriptionAttributes")) {
            body = result("GetSubscriptionAttributes", "<Attributes>" + attributes + "</Attributes>");
        } else {
            boolean isFirst = !request.contains("NextToken=");
            body = result(
                    "ListSubscriptionsByTopic",
                    "<Subscriptions>" + (isFirst ? firstPage : secondPage) + "</Subscriptions>"
                            + (isFirst && !secondPage.isEmpty() ? "<NextToken>n</NextToken>" : ""));
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String result(String action, String content) {
        return "<" + action + "Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><" + action + "Result>"
                + content
                + "</" + action + "Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></" + action
                + "Response>";
    }

    private static String member(String protocol, String endpoint, String arn) {
        return "<member><TopicArn>" + TOPIC + "</TopicArn><Protocol>" + protocol + "</Protocol><Endpoint>" + endpoint
                + "</Endpoint><SubscriptionArn>" + arn + "</SubscriptionArn><Owner>111122223333</Owner></member>";
    }
}

package lull.standins.sns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lull.standins.http.ControlRoute;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;

/// Topics with subscribers by HTTP and by SQS, in memory.
///
/// Add `register` to a server's routes, `start` it when the server's own address is known, then `publish`.
public final class SnsTopics implements AutoCloseable {
    /// The targets that a fault book for this class must know.
    public static final List<String> FAULT_TARGETS =
            List.of("sns.delay", "sns.drop", "sns.duplicate", "sns.raw", "sns.reorder", "sns.second", "sns.tamper");

    private final SnsOptions options;
    private final FaultBook faults;
    private final SnsSigner signer;
    private final Poster poster = new Poster();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Subscription> subscriptions;
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

    public SnsTopics(SnsOptions options, FaultBook faults) {
        this.options = options;
        this.faults = faults;
        this.signer = SnsSigner.create(options.clock().instant());
        this.subscriptions = options.topicArns().stream()
                .flatMap(topic -> options.subscribers().stream().map(subscriber -> subscription(topic, subscriber)))
                .toList();
    }

    private static Subscription subscription(String topicArn, Subscriber subscriber) {
        return new Subscription(topicArn, subscriber, SnsTopics::newId);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /// Adds the routes that subscribers call: the certificate, ConfirmSubscription and Unsubscribe; and those that
    /// operators call: ListSubscriptionsByTopic and GetSubscriptionAttributes.
    public void register(RoutesConfig routes) {
        routes.get(
                signer.path(),
                context -> context.contentType("application/x-pem-file").result(signer.pem()));
        routes.get("/", this::act);
        routes.post("/", this::read);
    }

    public List<ControlRoute> controlRoutes() {
        return List.of(
                ControlRoute.get("/_sns/dead-letters", this::listDeadLetters),
                ControlRoute.get("/_sns/subscriptions", this::listSubscriptions));
    }

    /// Begins to ask the subscribers for their confirmation, under `base` as this server's address.
    public void start(URI base) {
        Envelopes envelopes = new Envelopes(signer, options.signatureVersion(), base);
        Courier courier = new Courier(options, envelopes, poster, faults, deadLetters::add, threads);
        subscriptions.forEach(subscription -> threads.execute(() -> subscription.run(options, courier, faults)));
    }

    public boolean hasTopic(String arn) {
        return options.topicArns().contains(arn);
    }

    /// Whether every subscription is confirmed.
    public boolean allConfirmed() {
        return subscriptions.stream().allMatch(subscription -> subscription.state() == Subscription.State.CONFIRMED);
    }

    /// Hands a message to every confirmed subscription of the topic and returns at once.
    public void publish(String topicArn, String message, Map<String, String> attributes) {
        Notification notification =
                new Notification(newId(), topicArn, message, options.clock().instant(), attributes);
        subscriptions.stream()
                .filter(subscription -> subscription.topicArn().equals(topicArn))
                .forEach(subscription -> subscription.offer(notification));
    }

    private void act(Context context) {
        switch (String.valueOf(context.queryParam("Action"))) {
            case "ConfirmSubscription" -> confirm(context);
            case "Unsubscribe" -> unsubscribe(context);
            default -> answerError(context, 400, "InvalidAction", "This stand-in confirms and unsubscribes only");
        }
    }

    private void read(Context context) {
        switch (String.valueOf(context.formParam("Action"))) {
            case "ListSubscriptionsByTopic" -> listByTopic(context, String.valueOf(context.formParam("TopicArn")));
            case "GetSubscriptionAttributes" ->
                attributes(context, String.valueOf(context.formParam("SubscriptionArn")));
            default -> answerError(context, 400, "InvalidAction", "This stand-in lists subscriptions only");
        }
    }

    private void listByTopic(Context context, String topicArn) {
        if (!hasTopic(topicArn)) {
            answerError(context, 404, "NotFound", "Topic does not exist");
            return;
        }
        String members = subscriptions.stream()
                .filter(subscription -> subscription.topicArn().equals(topicArn))
                .filter(subscription -> subscription.state() != Subscription.State.REMOVED)
                .map(subscription -> """
                    <member>
                      <TopicArn>%s</TopicArn><Protocol>%s</Protocol><Endpoint>%s</Endpoint>
                      <SubscriptionArn>%s</SubscriptionArn><Owner>123456789012</Owner>
                    </member>
                    """.formatted(
                                topicArn,
                                subscription.subscriber().protocol().name().toLowerCase(Locale.ROOT),
                                subscription.subscriber().listed(topicArn),
                                subscription.state() == Subscription.State.PENDING
                                        ? "PendingConfirmation"
                                        : subscription.arn()))
                .collect(Collectors.joining());
        answer(context, 200, """
            <ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <ListSubscriptionsByTopicResult><Subscriptions>%s</Subscriptions></ListSubscriptionsByTopicResult>
              <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
            </ListSubscriptionsByTopicResponse>
            """.formatted(members, newId()));
    }

    private void attributes(Context context, String arn) {
        find(subscription -> subscription.arn().equals(arn))
                .ifPresentOrElse(
                        subscription -> answer(context, 200, """
                            <GetSubscriptionAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                              <GetSubscriptionAttributesResult><Attributes>
                                <entry><key>SubscriptionArn</key><value>%s</value></entry>
                                <entry><key>RawMessageDelivery</key><value>false</value></entry>
                              </Attributes></GetSubscriptionAttributesResult>
                              <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
                            </GetSubscriptionAttributesResponse>
                            """.formatted(arn, newId())),
                        () -> answerError(context, 404, "NotFound", "Subscription does not exist"));
    }

    private void confirm(Context context) {
        Optional<Subscription> found = find(subscription -> subscription.token().equals(context.queryParam("Token"))
                && subscription.topicArn().equals(context.queryParam("TopicArn")));
        found.ifPresentOrElse(
                subscription -> {
                    subscription.confirm();
                    answer(context, 200, """
                        <ConfirmSubscriptionResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                          <ConfirmSubscriptionResult>
                            <SubscriptionArn>%s</SubscriptionArn>
                          </ConfirmSubscriptionResult>
                          <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
                        </ConfirmSubscriptionResponse>
                        """.formatted(subscription.arn(), newId()));
                },
                () -> answerError(context, 400, "InvalidParameter", "Invalid parameter: Token"));
    }

    private void unsubscribe(Context context) {
        find(subscription -> subscription.arn().equals(context.queryParam("SubscriptionArn")))
                .ifPresentOrElse(
                        subscription -> {
                            subscription.remove();
                            answer(context, 200, """
                                <UnsubscribeResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
                                  <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
                                </UnsubscribeResponse>
                                """.formatted(newId()));
                        },
                        () -> answerError(context, 404, "NotFound", "Subscription does not exist"));
    }

    private Optional<Subscription> find(Predicate<Subscription> wanted) {
        return subscriptions.stream().filter(wanted).findFirst();
    }

    private static void answerError(Context context, int status, String code, String message) {
        answer(context, status, """
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
              <RequestId>%s</RequestId>
            </ErrorResponse>
            """.formatted(code, message, newId()));
    }

    private static void answer(Context context, int status, String xml) {
        context.status(status).contentType("text/xml").result(xml);
    }

    private void listDeadLetters(Context context) {
        ArrayNode array = Json.array();
        for (DeadLetter letter : deadLetters) {
            ObjectNode json = array.addObject()
                    .put("subscriptionArn", letter.subscriptionArn())
                    .put("endpoint", letter.endpoint())
                    .put("reason", letter.reason())
                    .put("attempts", letter.attempts());
            json.put("messageId", letter.notification().messageId())
                    .put("topicArn", letter.notification().topicArn())
                    .put("message", letter.notification().message());
        }
        Json.answer(context, 200, array);
    }

    private void listSubscriptions(Context context) {
        ArrayNode array = Json.array();
        for (Subscription subscription : subscriptions) {
            array.addObject()
                    .put("subscriptionArn", subscription.arn())
                    .put("topicArn", subscription.topicArn())
                    .put("protocol", subscription.subscriber().protocol().name().toLowerCase(Locale.ROOT))
                    .put("endpoint", subscription.endpoint().toString())
                    .put("state", subscription.state().name());
        }
        Json.answer(context, 200, array);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        poster.close();
    }
}

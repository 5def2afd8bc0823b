package lull.ingress;

import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.contract.message.Source;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.ServiceContext;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.ProcessSettings;
import lull.runtime.settings.Settings;

/// The ingress as a service.
public final class IngressService {

    private IngressService() {}

    /// Starts it and returns the port it listens on. Throws where a secret is missing or topics are not as they
    /// must be.
    public static int start(ServiceContext context) throws InterruptedException {
        Settings settings = context.settings();
        Webhooks.Config config = config(settings);
        Replies.Config ofReplies = ReplySettings.config(settings);
        KafkaSetup kafka = KafkaSetup.of(settings);
        String input = settings.get(IngressSettings.INPUT);
        if (!settings.get(ProcessSettings.INPUTS).contains(input)) {
            throw new CannotStart("The ingress writes to " + input + ", which is none of the input topics that "
                    + ProcessSettings.INPUTS.name() + " names");
        }
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.require(
                    List.of(Topics.input(input), Topics.MESSAGE_STATUS, Topics.ACCOUNT_EVENT, Topics.WEBHOOK_UNPARSED));
            if (ofReplies.isOpen()) {
                keeper.require(List.of(Topics.REPLY_REQUESTED));
            }
        }
        Duration ackTimeout = settings.get(ProcessSettings.ACK_TIMEOUT);
        Publisher publisher = context.parts().add("publisher", Publisher.connect(kafka, ackTimeout));
        context.parts()
                .add("publisher's metrics", publisher.bind(context.metrics().registry()));
        context.health()
                .readyWhile(
                        "ingress",
                        () -> publisher.failing()
                                ? Optional.of("Kafka does not acknowledge webhooks")
                                : Optional.empty());
        WebhookReader reader = new WebhookReader(input, new Source("meta", settings.get(IngressSettings.APP)));
        Webhooks webhooks = new Webhooks(
                config, reader, publisher, new IngressMetrics(context.metrics().registry()), context.clock());
        Replies replies = new Replies(
                ofReplies,
                publisher::publish,
                new ReplyMetrics(context.metrics().registry()),
                context.clock());
        Javalin server = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.concurrency.useVirtualThreads = true;
            webhooks.register(javalin.routes);
            replies.register(javalin.routes);
        });
        server.start(settings.get(IngressSettings.PORT));
        context.parts().add("ingress", server::stop);
        return server.port();
    }

    private static Webhooks.Config config(Settings settings) {
        List<String> secrets = settings.get(IngressSettings.APP_SECRETS);
        String verifyToken = settings.get(IngressSettings.VERIFY_TOKEN);
        if (secrets.isEmpty()) {
            throw new CannotStart("The ingress needs " + IngressSettings.APP_SECRETS.environmentName()
                    + ", the secret of the WhatsApp app");
        }
        if (verifyToken.isEmpty()) {
            throw new CannotStart("The ingress needs " + IngressSettings.VERIFY_TOKEN.environmentName()
                    + ", the token that Meta's handshake must know");
        }
        return new Webhooks.Config(secrets, verifyToken, settings.get(IngressSettings.MAX_BODY_BYTES));
    }
}

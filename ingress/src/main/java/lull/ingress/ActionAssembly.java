package lull.ingress;

import java.util.List;
import java.util.Optional;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.ingress.action.AccountRoute;
import lull.ingress.action.ActionMetrics;
import lull.ingress.action.ActionRoutes;
import lull.ingress.action.ActionSettings;
import lull.ingress.action.PerformedActions;
import lull.ingress.kafka.RecordPublisher;
import lull.runtime.http.BodyReader;
import lull.runtime.http.InFlight;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicFollower;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.whatsapp.account.KnownAccounts;
import lull.whatsapp.action.ActionClients;
import lull.whatsapp.action.ActionRunner;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Assembly of the routes of actions, as components of a process.
final class ActionAssembly {

    private ActionAssembly() {}

    /// Returns the topics that are needed with these settings.
    static List<Topic> topics(Settings settings) {
        return ActionSettings.isOn(settings) ? List.of(Topics.ACTION_PERFORMED, Topics.ACCOUNT) : List.of();
    }

    /// Opens the routes.
    static ActionRoutes open(ServiceContext context, KafkaSetup kafka, RecordPublisher publisher, InFlight inFlight) {
        Settings settings = context.settings();
        ActionRoutes.Options options = ActionSettings.options(settings);
        boolean isOn = ActionSettings.isOn(settings);
        return new ActionRoutes(
                options,
                isOn ? Optional.of(new ActionRunner(ActionClients.open(context))) : Optional.empty(),
                isOn ? Optional.of(follow(context, kafka)) : Optional.empty(),
                new BodyReader(options.maxBodyBytes(), settings.get(IngressSettings.ARRIVAL_TIMEOUT)),
                inFlight,
                publisher,
                new ActionMetrics(context.metrics().registry()),
                context.clock());
    }

    /// Opens the route of what is known of accounts.
    static AccountRoute accounts(ServiceContext context, KafkaSetup kafka) {
        Settings settings = context.settings();
        KnownAccounts known = new KnownAccounts();
        return new AccountRoute(
                known,
                ActionSettings.isOn(settings) ? Optional.of(follow(known, context, kafka)) : Optional.empty(),
                settings.get(ActionSettings.TOKENS),
                new ActionMetrics(context.metrics().registry()),
                context.clock());
    }

    private static TopicFollower follow(KnownAccounts known, ServiceContext context, KafkaSetup kafka) {
        TopicFollower follower = context.components()
                .add(
                        "known accounts",
                        new TopicFollower(
                                consumer(kafka, "lull-ingress-accounts"),
                                Topics.ACCOUNT,
                                known::take,
                                context.settings().get(TopicSettings.ACK_TIMEOUT)));
        follower.start();
        return follower;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaSetup kafka, String id) {
        return new KafkaConsumer<>(kafka.consumer(id), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static PerformedActions follow(ServiceContext context, KafkaSetup kafka) {
        PerformedActions performed = context.components()
                .add(
                        "performed actions",
                        new PerformedActions(
                                consumer(kafka, "lull-ingress-actions"),
                                ActionSettings.performed(
                                        context.settings(), context.clock().instant())));
        performed.start();
        return performed;
    }
}

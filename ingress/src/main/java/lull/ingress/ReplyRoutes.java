package lull.ingress;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.ingress.chatwoot.ChatwootInboxes;
import lull.ingress.kafka.RecordPublisher;
import lull.ingress.reply.FileSettings;
import lull.ingress.reply.FileUploader;
import lull.ingress.reply.IdempotencyKeys;
import lull.ingress.reply.QueuedReplies;
import lull.ingress.reply.Replies;
import lull.ingress.reply.ReplyFiles;
import lull.ingress.reply.ReplyMetrics;
import lull.ingress.reply.ReplyReader;
import lull.ingress.reply.ReplySettings;
import lull.ingress.reply.status.ReplyFollower;
import lull.ingress.reply.status.StatusMetrics;
import lull.ingress.reply.status.StatusRoute;
import lull.ingress.reply.status.StatusSettings;
import lull.media.MediaStoreSettings;
import lull.runtime.http.BodyReader;
import lull.runtime.http.CallSettings;
import lull.runtime.http.InFlight;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.GraphMedia;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppClients;
import lull.whatsapp.WhatsAppMetrics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Routes by which applications ask for replies, and what belongs to them: the queue, and the route that reports
/// what became of a reply.
final class ReplyRoutes {

    /// Of the parts of a form.
    private static final int ROOM_FOR_HEADERS = 32 * 1024;

    private final Replies replies;
    private final StatusRoute statuses;
    private final QueuedReplies queued;

    private ReplyRoutes(Replies replies, StatusRoute statuses, QueuedReplies queued) {
        this.replies = replies;
        this.statuses = statuses;
        this.queued = queued;
    }

    /// Returns the topics that are needed with these settings.
    static List<Topic> topics(Settings settings) {
        List<Topic> topics = new ArrayList<>();
        if (follows(settings)) {
            topics.addAll(ReplyFollower.TOPICS);
        } else if (hasTokens(settings)
                || ReplySettings.queue(settings).isPresent()
                || !ChatwootInboxes.of(settings).isEmpty()) {
            topics.add(Topics.REPLY_REQUESTED);
        }
        return topics;
    }

    /// Returns the rights that are needed with these settings: replies are read only if statuses are
    /// followed.
    ///
    /// @param rights those of the topics that are needed
    static List<Right> needed(Settings settings, List<Right> rights) {
        if (follows(settings)) {
            return rights;
        }
        return rights.stream()
                .flatMap(right -> right.name().equals(Topics.REPLY_REQUESTED.name())
                        ? right.only(EnumSet.complementOf(EnumSet.of(AclOperation.READ))).stream()
                        : Optional.of(right).stream())
                .toList();
    }

    /// Opens the routes as components of a process.
    ///
    /// @param publisher where replies are written
    static ReplyRoutes open(ServiceContext context, KafkaSetup kafka, RecordPublisher publisher, InFlight inFlight) {
        Settings settings = context.settings();
        MeterRegistry registry = context.metrics().registry();
        Replies.Options options = ReplySettings.options(settings, follows(settings));
        ReplyReader reader = new ReplyReader(ReplySettings.senders(
                settings,
                settings.get(IngressSettings.APPS),
                List.of(settings.get(IngressSettings.APP), settings.get(EumSettings.APP))));
        IdempotencyKeys keys = ReplySettings.keys(settings);
        ReplyMetrics metrics = new ReplyMetrics(registry);
        return new ReplyRoutes(
                new Replies(
                        options,
                        reader,
                        keys,
                        new BodyReader(options.maxBodyBytes(), settings.get(IngressSettings.ARRIVAL_TIMEOUT)),
                        files(context, options.maxBodyBytes()),
                        inFlight,
                        publisher,
                        metrics,
                        context.clock(),
                        context.tracing()),
                new StatusRoute(options.tokens(), follow(context, kafka), inFlight, new StatusMetrics(registry)),
                new QueuedReplies(reader, keys, inFlight, publisher, metrics, context.clock(), context.tracing()));
    }

    /// Adds the routes.
    void register(RoutesConfig routes) {
        replies.register(routes);
        statuses.register(routes);
    }

    /// Returns the reader of the queue.
    QueuedReplies queued() {
        return queued;
    }

    private static boolean hasTokens(Settings settings) {
        return ReplySettings.options(settings, false).tokens().isOpen();
    }

    private static boolean follows(Settings settings) {
        return StatusSettings.isOn(settings) && hasTokens(settings);
    }

    private static Optional<ReplyFiles> files(ServiceContext context, int maxRequestBytes) {
        Settings settings = context.settings();
        if (!FileSettings.isOn(settings) || !hasTokens(settings)) {
            return Optional.empty();
        }
        int maxBytes = FileSettings.maxBytes(settings);
        return Optional.of(new ReplyFiles(
                uploader(context),
                MediaStoreSettings.keeper(context),
                new BodyReader(
                        maxBytes + maxRequestBytes + ROOM_FOR_HEADERS, settings.get(IngressSettings.ARRIVAL_TIMEOUT)),
                maxBytes));
    }

    private static FileUploader uploader(ServiceContext context) {
        Settings settings = context.settings();
        WhatsAppClients clients = WhatsAppClients.open(context);
        // Calls that nobody measures; the route counts its answers.
        WhatsAppMetrics unused = new WhatsAppMetrics(context.metrics().registry());
        GraphMedia graph = new GraphMedia(
                clients.graph(),
                settings.get(SocialSettings.NUMBERS).keySet(),
                settings.get(CallSettings.TRANSFER_TIMEOUT),
                unused);
        Optional<AwsSocialMedia> social = clients.social()
                .flatMap(aws ->
                        SocialSettings.media(settings, 0).map(options -> new AwsSocialMedia(aws, options, unused)));
        return (number, file, mimeType, name) -> {
            Optional<AwsSocialMedia> own = social.filter(one -> one.serves(number));
            return own.isPresent()
                    ? own.get().upload(number, file, mimeType)
                    : graph.upload(number, file, mimeType, name);
        };
    }

    /// Nothing waits until it has read: webhooks are more important, and the route answers 503 until
    /// then.
    private static Optional<ReplyFollower> follow(ServiceContext context, KafkaSetup kafka) {
        if (!follows(context.settings())) {
            return Optional.empty();
        }
        ReplyFollower follower = context.components()
                .add(
                        "reply follower",
                        new ReplyFollower(
                                new KafkaConsumer<>(
                                        kafka.consumer("lull-ingress-replies"),
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer()),
                                StatusSettings.options(
                                        context.settings(), context.clock().instant())));
        StatusMetrics.show(context.metrics().registry(), follower);
        follower.start();
        return Optional.of(follower);
    }
}

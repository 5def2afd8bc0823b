package lull.whatsapp.channel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import lull.contract.Channel;
import lull.contract.Channel.Kind;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Settings;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.TypingIndicatorSender;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.provider.Provider;
import lull.whatsapp.provider.ProviderMetrics;
import lull.whatsapp.provider.ProviderSender;
import lull.whatsapp.provider.ProviderSettings;

/// [ReplySender] of all channels besides WhatsApp: chooses the sender of a part's channel, and gives it the channel's
/// own ids of messages. A channel that is not configured pauses its conversations. Safe for several threads.
public final class ChannelSenders implements ReplySender, TypingIndicatorSender, AutoCloseable {

    /// The end of the id of a customer of WhatsApp whose phone number is hidden.
    private static final String HIDDEN = ".lid";

    private final Map<String, ReplySender> byName;
    private final Map<String, TelegramBot> bots;
    private final BoundedHttpClient client;
    private final Optional<ProviderSender> providers;
    private final ChannelMetrics metrics;

    private ChannelSenders(
            Map<String, ReplySender> byName,
            Map<String, TelegramBot> bots,
            BoundedHttpClient client,
            Optional<ProviderSender> providers,
            ChannelMetrics metrics) {
        this.byName = Map.copyOf(byName);
        this.bots = Map.copyOf(bots);
        this.client = client;
        this.providers = providers;
        this.metrics = metrics;
    }

    /// Returns the senders of the configured channels. Throws `CannotStart` if a setting is missing.
    ///
    /// @param callTimeout of a whole call
    public static ChannelSenders of(
            Settings settings,
            Duration connectTimeout,
            Duration callTimeout,
            ChannelMetrics metrics,
            ProviderMetrics providerMetrics,
            InstantSource clock) {
        BoundedHttpClient client = new BoundedHttpClient(connectTimeout);
        ChannelHttp http = new ChannelHttp(client, callTimeout);
        Map<String, ReplySender> byName = new HashMap<>();
        Map<String, TelegramBot> bots = new HashMap<>();
        Map<String, Provider> byNumber = new HashMap<>();
        for (ChannelSettings.Configured channel : ChannelSettings.sending(settings)) {
            String name = channel.name();
            switch (channel.kind()) {
                case JSON, WHATSAPP -> byName.put(name, json(settings, name, http, clock));
                case TELEGRAM -> bots.put(name, bot(settings, name, http));
                case Z_API, EVOLUTION ->
                    byNumber.put(
                            channel.channel().businessNumber(),
                            ProviderSettings.provider(
                                    name,
                                    channel.kind().word(),
                                    settings.live(ChannelSettings.url(name)),
                                    settings.live(ChannelSettings.headers(name))));
            }
        }
        byName.putAll(bots);
        Optional<ProviderSender> providers = byNumber.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProviderSender(byNumber, connectTimeout, callTimeout, providerMetrics));
        byNumber.keySet().forEach(number -> byName.put(Channel.of(number).name(), providers.orElseThrow()));
        return new ChannelSenders(byName, bots, client, providers, metrics);
    }

    private static JsonSender json(Settings settings, String name, ChannelHttp http, InstantSource clock) {
        return new JsonSender(
                name,
                new JsonSender.Access(
                        settings.live(ChannelSettings.url(name)),
                        settings.live(ChannelSettings.signing(name)),
                        settings.live(ChannelSettings.headers(name))),
                http,
                clock);
    }

    static TelegramBot bot(Settings settings, String name, ChannelHttp http) {
        return new TelegramBot(
                name, settings.live(ChannelSettings.url(name)), settings.live(ChannelSettings.token(name)), http);
    }

    /// Returns the bots of Telegram by the names of their channels.
    Map<String, TelegramBot> bots() {
        return bots;
    }

    @Override
    public boolean reportsStatus(String businessNumber) {
        // A program may report statuses, or not: nothing waits for them.
        return false;
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        return prepare(part, (sender, own) -> sender.prepare(own));
    }

    @Override
    public Call prepare(ReplyPart part, OutgoingFile file) {
        return prepare(part, (sender, own) -> sender.prepare(own, file));
    }

    private Call prepare(ReplyPart part, BiFunction<ReplySender, ReplyPart, Call> request) {
        Channel channel = Channel.of(part.conversation());
        ReplySender sender = byName.get(channel.name());
        if (sender == null) {
            return () -> new WhatsAppError.Misconfigured(
                    new ErrorScope.BusinessNumber(part.conversation().businessNumber()),
                    "There is no channel " + channel.name() + " in " + ChannelSettings.CHANNELS.name());
        }
        Call call = request.apply(sender, withOwnIds(channel, part));
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = call.send();
            metrics.called(channel.name(), delivery.word(), Duration.ofNanos(System.nanoTime() - start));
            return delivery instanceof Delivery.Accepted(String id) && !id.isEmpty()
                    ? new Delivery.Accepted(channel.messageId(id))
                    : delivery;
        };
    }

    /// Shows that somebody types, if the channel can.
    @Override
    public boolean type(String businessNumber, String messageId) throws InterruptedException {
        Channel channel = Channel.of(businessNumber);
        TelegramBot bot = channel.kind() == Kind.TELEGRAM ? bots.get(channel.name()) : null;
        return bot != null && bot.type(businessNumber, channel.ownId(messageId));
    }

    @Override
    public Duration shownFor(String businessNumber) {
        return Channel.of(businessNumber).kind() == Kind.TELEGRAM ? TelegramBot.TYPING : USUAL;
    }

    private static ReplyPart withOwnIds(Channel channel, ReplyPart part) {
        String quoted = part.quotedMessageId();
        ReplyContent content = part.content() instanceof ReplyContent.Reaction reaction
                ? new ReplyContent.Reaction(channel.ownId(reaction.messageId()), reaction.emoji(), reaction.more())
                : part.content();
        return new ReplyPart(
                addressee(channel, part.customer()),
                content,
                quoted == null ? null : channel.ownId(quoted),
                part.callback());
    }

    /// Returns a customer with the id that the channel knows: a hidden one of WhatsApp has `.` in place of `@`.
    private static Customer addressee(Channel channel, Customer customer) {
        String id = customer.userId();
        if (id == null || !id.endsWith(HIDDEN) || !channel.title().equals(Kind.WHATSAPP.title())) {
            return customer;
        }
        String given = id.substring(0, id.length() - HIDDEN.length()) + "@lid";
        return new Customer(given, customer.phone(), customer.name());
    }

    @Override
    public void close() {
        client.close();
        providers.ifPresent(ProviderSender::close);
    }
}

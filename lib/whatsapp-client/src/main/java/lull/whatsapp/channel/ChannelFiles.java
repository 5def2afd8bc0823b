package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lull.contract.Channel;
import lull.contract.json.Json;
import lull.contract.message.Content;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.CallSettings;
import lull.runtime.http.LocalHost;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import lull.whatsapp.MediaSource;
import lull.whatsapp.WhatsAppError;

/// [MediaSource] of all channels besides WhatsApp: a file of Telegram is looked up by its id, Evolution is asked for
/// that of a message, and every other file has an address, which is called only if it is on one of the channel's
/// hosts. Redirects are not followed. Addresses are never logged, because they may hold a token. Safe for several
/// threads.
public final class ChannelFiles implements MediaSource, AutoCloseable {

    static final String UNTYPED = "application/octet-stream";

    /// The maximum that the Bot API gives.
    private static final int TOO_LARGE = 400;

    private final ChannelSenders channels;
    private final Map<String, List<String>> hosts;
    private final Map<String, EvolutionFiles> evolution;
    private final Options options;
    private final BoundedHttpClient client;
    private final ChannelMetrics metrics;

    /// Options of downloads.
    ///
    /// @param connectTimeout of a connection
    /// @param downloadTimeout of a whole download
    /// @param maxBytes of a file
    public record Options(Duration connectTimeout, Duration downloadTimeout, long maxBytes) {}

    private ChannelFiles(
            ChannelSenders channels,
            Map<String, List<String>> hosts,
            Map<String, EvolutionFiles> evolution,
            Options options,
            ChannelMetrics metrics) {
        this.channels = channels;
        this.hosts = Map.copyOf(hosts);
        this.evolution = Map.copyOf(evolution);
        this.options = options;
        this.client = new BoundedHttpClient(options.connectTimeout());
        this.metrics = metrics;
    }

    /// Opens the source of files up to a size as a part of a process.
    public static MediaSource open(
            ServiceContext context, ChannelSenders channels, long maxBytes, ChannelMetrics metrics) {
        Settings settings = context.settings();
        Options options =
                new Options(CallSettings.CONNECT_TIMEOUT, settings.get(CallSettings.TRANSFER_TIMEOUT), maxBytes);
        return context.components().add("files of channels", of(settings, channels, options, metrics));
    }

    /// Returns the source of files of the configured channels.
    public static ChannelFiles of(Settings settings, ChannelSenders channels, Options options, ChannelMetrics metrics) {
        Map<String, List<String>> hosts = new HashMap<>();
        Map<String, EvolutionFiles> evolution = new HashMap<>();
        for (ChannelSettings.Configured channel : ChannelSettings.channels(settings)) {
            String name = channel.name();
            if (channel.kind() == Channel.Kind.EVOLUTION) {
                evolution.put(
                        name,
                        new EvolutionFiles(
                                name,
                                settings.live(ChannelSettings.url(name)),
                                settings.live(ChannelSettings.headers(name))));
            }
            hosts.put(
                    name,
                    settings.get(ChannelSettings.mediaHosts(name)).stream()
                            .map(host -> host.toLowerCase(Locale.ROOT))
                            .toList());
        }
        return new ChannelFiles(channels, hosts, evolution, options, metrics);
    }

    @Override
    public Fetched fetch(Content.Media media, String businessNumber, Path into) throws InterruptedException {
        long start = System.nanoTime();
        Channel channel = Channel.of(businessNumber);
        Fetched fetched;
        try {
            fetched = switch (channel.kind()) {
                case TELEGRAM -> ofTelegram(channel, media, businessNumber, into);
                case JSON, Z_API -> ofAddress(channel, media, into);
                case EVOLUTION -> ofEvolution(channel, media, into);
                case WHATSAPP -> new Fetched.Refused(MediaProblem.GONE);
            };
        } catch (IOException e) {
            fetched = new Fetched.Retry(MediaFolder.problemAt(into).orElse(reason(channel, e)));
        }
        metrics.fetched(channel.name(), fetched.word(), Duration.ofNanos(System.nanoTime() - start));
        return fetched;
    }

    private Fetched ofTelegram(Channel channel, Content.Media media, String businessNumber, Path into)
            throws IOException, InterruptedException {
        TelegramBot bot = channels.bots().get(channel.name());
        if (bot == null) {
            return new Fetched.Retry("There is no bot of channel " + channel.name());
        }
        return switch (bot.call(businessNumber, "getFile", Json.object().put("file_id", media.mediaId()))) {
            case TelegramBot.Answer.Failed(WhatsAppError error) -> notFound(channel, error);
            case TelegramBot.Answer.Ok(JsonNode file) -> {
                if (file.path("file_size").asLong(0) > options.maxBytes()) {
                    yield new Fetched.Refused(MediaProblem.TOO_LARGE);
                }
                Optional<URI> address = bot.file(file.path("file_path").asText(""));
                yield address.isEmpty()
                        ? new Fetched.Refused(MediaProblem.GONE)
                        : download(channel, address.get(), media, into);
            }
        };
    }

    private static Fetched notFound(Channel channel, WhatsAppError error) {
        return switch (error) {
            case WhatsAppError.Refused(int code, String reason) ->
                new Fetched.Refused(
                        code == TOO_LARGE && reason.contains("too big") ? MediaProblem.TOO_LARGE : MediaProblem.GONE);
            case WhatsAppError.Unclear(boolean _, String reason) -> new Fetched.Retry(reason);
            case WhatsAppError.Transient(Duration _, String reason) -> new Fetched.Retry(reason);
            case WhatsAppError.Misconfigured _ ->
                new Fetched.Retry("The bot of channel " + channel.name() + " may not look up a file");
        };
    }

    private Fetched ofAddress(Channel channel, Content.Media media, Path into)
            throws IOException, InterruptedException {
        Optional<URI> address = address(media.mediaId(), hosts.getOrDefault(channel.name(), List.of()));
        return address.isEmpty()
                ? new Fetched.Refused(MediaProblem.GONE)
                : download(channel, address.get(), media, into);
    }

    private Fetched ofEvolution(Channel channel, Content.Media media, Path into)
            throws IOException, InterruptedException {
        EvolutionFiles files = evolution.get(channel.name());
        return files == null
                ? new Fetched.Retry("There is no channel " + channel.name())
                : files.fetch(client, options, media, into);
    }

    private Fetched download(Channel channel, URI address, Content.Media media, Path into)
            throws IOException, InterruptedException {
        HttpResponse<Path> answer;
        try {
            answer = client.download(
                    HttpRequest.newBuilder(address).header("User-Agent", "Lull").build(),
                    options.downloadTimeout(),
                    options.maxBytes(),
                    into);
        } catch (BoundedHttpClient.TooLarge e) {
            return new Fetched.Refused(MediaProblem.TOO_LARGE);
        }
        int status = answer.statusCode();
        if (status == 404 || status == 410) {
            return new Fetched.Refused(MediaProblem.GONE);
        }
        if (status / 100 != 2) {
            return new Fetched.Retry("Channel " + channel.name() + " answered the download of a file with " + status);
        }
        long bytes = Files.size(into);
        if (bytes == 0) {
            return new Fetched.Refused(MediaProblem.DAMAGED);
        }
        String type = media.mimeType();
        return new Fetched.Here(
                bare(
                        type != null
                                ? type
                                : answer.headers().firstValue("Content-Type").orElse(UNTYPED)),
                bytes);
    }

    /// Returns an address that may be called: with https and on one of the hosts, or with http on this machine, if the
    /// machine's name is one of them.
    static Optional<URI> address(String text, List<String> hosts) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String host = address.getHost();
        boolean isAllowed = host != null
                && address.getRawUserInfo() == null
                && isKnown(host.toLowerCase(Locale.ROOT), hosts)
                && ("https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme()) && LocalHost.isAt(address)));
        return isAllowed ? Optional.of(address) : Optional.empty();
    }

    private static boolean isKnown(String host, List<String> hosts) {
        return hosts.stream().anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }

    private static String reason(Channel channel, IOException cause) {
        return cause instanceof HttpTimeoutException
                ? "The download of a file of channel " + channel.name() + " timed out"
                : "A file of channel " + channel.name() + " could not be downloaded: "
                        + cause.getClass().getSimpleName();
    }

    static String bare(String mimeType) {
        int end = mimeType.indexOf(';');
        return (end < 0 ? mimeType : mimeType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        client.close();
    }
}

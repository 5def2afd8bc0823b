package lull.voice;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.runtime.Reachability;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Dependency;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;
import software.amazon.awssdk.services.transcribestreaming.model.AudioStream;
import software.amazon.awssdk.services.transcribestreaming.model.BadRequestException;
import software.amazon.awssdk.services.transcribestreaming.model.MediaEncoding;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionResponseHandler;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptEvent;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptResultStream;

/// Transcriber by Amazon Transcribe streaming: sends the note in small pieces over HTTP/2 and receives
/// its sentences as they are recognized. Safe for several threads: each note has a stream of its own.
public final class AwsTranscriber implements Transcriber, AutoCloseable {

    /// Size of a piece of audio; Transcribe accepts at most 32 KiB.
    private static final int PIECE_BYTES = 8 * 1024;

    private static final int FORBIDDEN = 403;

    private final Options options;
    private final TranscriberMetrics metrics;
    private final TranscribeStreamingAsyncClient client;

    private volatile @Nullable String refusal;

    /// Options for calls of the service.
    ///
    /// @param languages such as `en-US`; if there are several, Transcribe detects which one is spoken
    /// @param endpoint instead of AWS's own
    /// @param placeholderCredentials whether to sign with a made-up key, for a stand-in that checks
    ///     none
    /// @param timeout for a whole note
    /// @param atOnce the number of notes at the same time
    public record Options(
            List<String> languages,
            String region,
            Optional<URI> endpoint,
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration timeout,
            int atOnce) {

        public Options {
            languages = List.copyOf(languages);
        }
    }

    /// Creates a transcriber with connections of its own.
    public AwsTranscriber(Options options, TranscriberMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.client = AwsClients.configure(
                        TranscribeStreamingAsyncClient.builder(),
                        AwsClients.Options.once(
                                options.placeholderCredentials(), options.connectTimeout(), options.timeout()),
                        options.region(),
                        options.endpoint())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .connectionTimeout(options.connectTimeout())
                        .readTimeout(options.timeout())
                        .maxConcurrency(options.atOnce()))
                .build();
    }

    /// Creates a transcriber whose availability the process checks.
    ///
    /// @param without what is missing without it, for operators, in a sentence
    public static AwsTranscriber watched(
            Options options, TranscriberMetrics metrics, Dependencies dependencies, String without) {
        AwsTranscriber transcriber = new AwsTranscriber(options, metrics);
        Dependency dependency = dependencies.optional(
                "transcribe",
                without + " Check transcribe.region, the network,"
                        + " and that the process's role may call transcribe:StartStreamTranscription.");
        dependencies.check(dependency, transcriber::problem);
        return transcriber;
    }

    @Override
    public Heard transcribe(Path voice) throws InterruptedException {
        long start = System.nanoTime();
        Heard heard = listen(voice);
        metrics.transcribed(heard.word(), Duration.ofNanos(System.nanoTime() - start));
        return heard;
    }

    @Override
    public void close() {
        client.close();
    }

    /// Returns why nothing is transcribed, in words. Transcribe has no call that is free, so only its
    /// address is checked; its last refusal counts until it accepts a note.
    private Optional<String> problem() throws InterruptedException {
        String last = refusal;
        return last == null ? Reachability.problem(address(options)) : Optional.of(last);
    }

    private static URI address(Options options) {
        return options.endpoint()
                .orElseGet(() -> URI.create("https://"
                        + ServiceMetadata.of("transcribestreaming").endpointFor(Region.of(options.region()))));
    }

    private Heard listen(Path voice) throws InterruptedException {
        try {
            OptionalInt rate = OpusHead.sampleRate(voice);
            return rate.isPresent()
                    ? listen(voice, request(rate.getAsInt()))
                    : new Heard.Refused("The voice note is not Opus in Ogg");
        } catch (IOException e) {
            return new Heard.Retry(
                    "A voice note cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Heard listen(Path voice, StartStreamTranscriptionRequest request) throws InterruptedException {
        List<String> sentences = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> done = client.startStreamTranscription(
                request,
                pieces(voice),
                StartStreamTranscriptionResponseHandler.builder()
                        .subscriber(event -> sentences.addAll(sentences(event)))
                        .build());
        try {
            done.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
            refusal = null;
            return new Heard.Words(String.join(" ", sentences));
        } catch (TimeoutException e) {
            return new Heard.Retry("Amazon Transcribe has exceeded transcribe.timeout");
        } catch (ExecutionException e) {
            return meaning(e.getCause() == null ? e : e.getCause());
        } finally {
            done.cancel(true);
        }
    }

    private StartStreamTranscriptionRequest request(int sampleRate) {
        StartStreamTranscriptionRequest.Builder request = StartStreamTranscriptionRequest.builder()
                .mediaEncoding(MediaEncoding.OGG_OPUS)
                .mediaSampleRateHertz(sampleRate);
        return options.languages().size() == 1
                ? request.languageCode(options.languages().getFirst()).build()
                : request.identifyLanguage(true)
                        .languageOptions(String.join(",", options.languages()))
                        .build();
    }

    private static SdkPublisher<AudioStream> pieces(Path voice) {
        return SdkPublisher.adapt(
                        AsyncRequestBody.fromFile(file -> file.path(voice).chunkSizeInBytes(PIECE_BYTES)))
                .map(piece -> AudioStream.audioEventBuilder()
                        .audioChunk(SdkBytes.fromByteBuffer(piece))
                        .build());
    }

    /// Returns the final sentences; partial ones are sent again.
    private static List<String> sentences(TranscriptResultStream event) {
        return event instanceof TranscriptEvent understood
                ? understood.transcript().results().stream()
                        .filter(result -> !result.isPartial())
                        .flatMap(result -> result.alternatives().stream().limit(1))
                        .map(alternative -> alternative.transcript())
                        .toList()
                : List.of();
    }

    private Heard meaning(Throwable cause) {
        return switch (cause) {
            case BadRequestException bad -> {
                refusal = null;
                yield new Heard.Refused("Amazon Transcribe does not accept the voice note");
            }
            case AwsServiceException refused -> {
                if (refused.statusCode() == FORBIDDEN) {
                    refusal = AwsReasons.of("Transcribe", refused) + "; it recovers with the next voice note that is"
                            + " transcribed";
                }
                yield new Heard.Retry("Transcribe answers " + refused.statusCode());
            }
            default ->
                new Heard.Retry(
                        "Transcribe does not answer: " + cause.getClass().getSimpleName());
        };
    }
}

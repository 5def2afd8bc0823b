package lull.connect;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Calls of Amazon Connect by the AWS SDK: counts and times them, and maps their errors to
/// [ConnectError]. The SDK repeats nothing. Safe for several threads.
final class AwsCalls {

    private static final Pattern QUOTED_VALUE = Pattern.compile("[Vv]alue '.*?' at ", Pattern.DOTALL);
    private static final int MAX_SENTENCE = 300;

    private final ConnectMetrics metrics;

    public AwsCalls(ConnectMetrics metrics) {
        this.metrics = metrics;
    }

    /// Mapping from the status and code of an error to [ConnectError].
    private interface ErrorReader {
        ConnectError of(int status, @Nullable String code, String detail);
    }

    /// Makes a call of the Connect API.
    <T> Answer<T> ofConnect(String operation, Supplier<T> call) {
        return call(operation, ConnectErrors::ofConnect, call);
    }

    /// Makes a call of the Participant API.
    public <T> Answer<T> ofParticipant(String operation, Supplier<T> call) {
        return call(operation, ConnectErrors::ofParticipant, call);
    }

    /// Counts a call that is not made by the SDK.
    ///
    /// @param start when it began, as `System.nanoTime()`
    void count(String operation, Answer<?> answer, long start) {
        metrics.connectCalled(operation, word(answer), Duration.ofNanos(System.nanoTime() - start));
    }

    private <T> Answer<T> call(String operation, ErrorReader mapping, Supplier<T> call) {
        long start = System.nanoTime();
        Answer<T> answer = answer(mapping, call);
        count(operation, answer, start);
        return answer;
    }

    private static <T> Answer<T> answer(ErrorReader mapping, Supplier<T> call) {
        try {
            return new Answer.Ok<>(call.get());
        } catch (AwsServiceException e) {
            String code =
                    e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
            return new Answer.Failed<>(mapping.of(e.statusCode(), code, detail(e)));
        } catch (SdkClientException e) {
            // The SDK has no type of its own for missing credentials, which no retry fixes.
            String message = String.valueOf(e.getMessage());
            return new Answer.Failed<>(
                    message.contains("Unable to load credentials")
                            ? new ConnectError.Misconfigured(Extent.PROCESS, "There are no AWS credentials")
                            : new ConnectError.Transient(e.getClass().getSimpleName()));
        } catch (SdkException e) {
            return new Answer.Failed<>(new ConnectError.Transient(e.getClass().getSimpleName()));
        }
    }

    /// Returns AWS's own message and the request's id, for AWS support. Validation messages quote what
    /// was sent, so quoted values are removed.
    static String detail(AwsServiceException e) {
        String sentence =
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        String said = sentence == null || sentence.isBlank()
                ? ""
                : ": " + shortened(QUOTED_VALUE.matcher(sentence.strip()).replaceAll("Value '…' at "));
        return e.requestId() == null ? said : said + " (request " + e.requestId() + ")";
    }

    private static String shortened(String sentence) {
        return sentence.length() <= MAX_SENTENCE ? sentence : sentence.substring(0, MAX_SENTENCE) + "…";
    }

    private static String word(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> ok -> "ok";
            case Answer.Failed<?> failed ->
                switch (failed.error()) {
                    case ConnectError.AccessDenied denied -> "access_denied";
                    case ConnectError.Throttled throttled -> "throttled";
                    case ConnectError.Paced paced -> "paced";
                    case ConnectError.QuotaReached quota -> "quota";
                    case ConnectError.Transient passing -> "passing";
                    case ConnectError.NotFound notFound -> "not_found";
                    case ConnectError.Invalid invalid -> "invalid";
                    case ConnectError.Misconfigured misconfigured -> "misconfigured";
                };
        };
    }
}

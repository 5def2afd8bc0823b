package lull.applications.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsErrors;
import lull.runtime.aws.AwsReasons;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.State;

/// Check whether a function of AWS Lambda exists and can run, by a call that does not invoke it.
public final class AwsFunctionCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;

    private final Options options;

    /// What is checked.
    ///
    /// @param about what the result is about, in a word
    /// @param name of the application's destination
    /// @param function its name or ARN, with a version or alias if one is meant
    /// @param setting the name of the setting with the function
    /// @param endpoint of AWS Lambda, if it is not AWS's own
    /// @param placeholderCredentials dummy credentials, for a stand-in that does not check them
    public record Options(
            String about,
            String name,
            String function,
            String setting,
            String region,
            Optional<URI> endpoint,
            boolean placeholderCredentials) {}

    private AwsFunctionCheck(Options options) {
        this.options = options;
    }

    /// Asks AWS Lambda for the function.
    public static CheckResult of(Options options) {
        return new AwsFunctionCheck(options).ask();
    }

    private CheckResult ask() {
        try (AwsClients aws = new AwsClients(AwsClients.Options.repeated(options.placeholderCredentials, LIMIT)
                .withCallTimeout(LIMIT))) {
            LambdaClient lambda = aws.create(LambdaClient.builder(), options.region, options.endpoint);
            return found(lambda.getFunctionConfiguration(request -> request.functionName(options.function)));
        } catch (AwsServiceException e) {
            String reason = words() + ": " + AwsReasons.of("Lambda", e);
            return e.statusCode() == FORBIDDEN && !AwsErrors.isCredentials(e)
                    ? CheckResult.unknown(
                            options.about,
                            reason + ". Allow lambda:GetFunctionConfiguration, so that the function can be checked")
                    : CheckResult.wrong(options.about, reason + ". Correct " + options.setting + " or its region");
        } catch (SdkException e) {
            return CheckResult.wrong(options.about, words() + " cannot be checked: " + AwsReasons.of("Lambda", e));
        }
    }

    /// A function that is inactive or pending runs when it is invoked.
    private CheckResult found(GetFunctionConfigurationResponse found) {
        return found.state() == State.FAILED
                ? CheckResult.wrong(
                        options.about,
                        words() + " is in the state Failed (" + found.stateReasonCodeAsString()
                                + "): repair the function")
                : CheckResult.well(options.about, words() + " exists in " + options.region);
    }

    private String words() {
        return "The function " + options.function + " of " + options.name;
    }
}

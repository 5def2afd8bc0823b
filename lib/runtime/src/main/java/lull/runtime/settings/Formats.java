package lull.runtime.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.contract.Channel;
import lull.runtime.BearerTokens;

/// Forms that texts of settings must have, each with the sentence that an operator reads if a text does
/// not match. They make settings stricter, so that a wrong text is reported at the start, and not by a
/// call that fails hours later.
public enum Formats {
    REGION("[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}", "an AWS Region, such as eu-central-1"),
    SNS_TOPIC(
            "arn:aws[a-z-]*:sns:[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?",
            "the ARN of an SNS topic, such as arn:aws:sns:eu-central-1:123456789012:connect-chat"),
    SQS_QUEUE(
            "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*/[A-Za-z0-9_-]{1,80}(\\.fifo)?",
            "the address of an SQS queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/connect-chat"),
    BUCKET("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket of S3, such as my-company-files"),
    GRAPH_VERSION("v[0-9]{1,3}\\.[0-9]{1,2}", "a version of the Graph API, such as v23.0"),
    KAFKA_TOPIC(
            "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}",
            "the name of a Kafka topic, of letters, digits, dots, hyphens and underscores"),
    BUSINESS_NUMBER(
            Channel.BUSINESS_NUMBER,
            "WhatsApp's phone_number_id, which is digits, or that of another channel, such as telegram.shop"),
    AWS_ID("[A-Za-z0-9:/_-]{1,500}", "an id of Amazon Connect, or its ARN, without blanks"),
    APP("[a-z0-9][a-z0-9-]{0,63}", "a name of lower-case letters, digits and hyphens"),
    WORD("[A-Za-z0-9_-]{1,127}", "a name of letters, digits, hyphens and underscores"),
    CONTENT_TYPE("[a-z]+/[A-Za-z0-9.+-]{1,100}", "a content type, such as text/plain"),
    LANGUAGE_TAG("[a-z]{2,3}-[A-Z]{2}", "a language by Amazon's code, such as en-US"),
    EXTENSION("[A-Za-z0-9]{1,10}", "an extension of file names without its dot, such as pdf"),
    HOST_AND_PORT("(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}", "host:port, such as 10.0.0.7:8082"),
    HOST(
            "(?![^:]*:[0-9]+$)[A-Za-z0-9.:_%-]*",
            "an address of this machine without a port, such as 127.0.0.1, or empty"),
    HOST_OR_DOMAIN(
            "\\.[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*",
            "the name of a host, such as lookaside.fbsbx.com, or .fbsbx.com for all hosts below it"),
    TOKEN(BearerTokens.FORM, "one line of visible ASCII characters without blanks"),
    LINE("\\P{Cc}*", "one line without control characters"),
    CREDENTIALS("(?i)default|placeholder", "default or placeholder"),
    AGENT_LANGUAGE("en|de", "en or de");

    private final Pattern pattern;
    private final String words;

    Formats(String pattern, String words) {
        this.pattern = Pattern.compile(pattern);
        this.words = words;
    }

    /// Returns a setting whose text must have this form.
    public Setting<String> of(Setting<String> setting) {
        return setting.checked(this::matches, "must be " + words);
    }

    /// Does the same for an optional setting.
    public Setting<Optional<String>> ofOptional(Setting<Optional<String>> setting) {
        return setting.checked(text -> text.map(this::matches).orElse(true), "must be " + words);
    }

    /// Does the same for each element of a list.
    public Setting<List<String>> ofEach(Setting<List<String>> setting) {
        return setting.checked(texts -> texts.stream().allMatch(this::matches), "must each be " + words);
    }

    /// Does the same for the names of pairs.
    public Setting<Map<String, String>> ofNames(Setting<Map<String, String>> setting) {
        return setting.checked(
                pairs -> pairs.keySet().stream().allMatch(this::matches), "must have names that are each " + words);
    }

    /// Does the same for the values of pairs.
    public Setting<Map<String, String>> ofValues(Setting<Map<String, String>> setting) {
        return setting.checked(
                pairs -> pairs.values().stream().allMatch(this::matches), "must have values that are each " + words);
    }

    /// Returns whether a text has this form.
    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /// Returns a setting that is a decimal number of at least 0, such as a price or a share.
    public static Setting<BigDecimal> decimal(String name, String byDefault, String description) {
        return Setting.of(name, byDefault, description, text -> {
            if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                throw new IllegalArgumentException("must be a number such as 0.6");
            }
            return new BigDecimal(text);
        });
    }
}

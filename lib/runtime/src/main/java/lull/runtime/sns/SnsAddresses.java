package lull.runtime.sns;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules by which an address is SNS's own. Pure.
final class SnsAddresses {

    /// The form of the names of SNS's certificates.
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[0-9a-zA-Z]+\\.pem");

    private static final Pattern TOPIC_ARN = Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]{1,40}):\\d{12}:[\\w.-]+");

    private final Optional<URI> standIn;

    SnsAddresses(Optional<URI> standIn) {
        this.standIn = standIn;
    }

    /// Whether an address belongs to the SNS of the topic.
    boolean isOf(String topicArn, URI address) {
        if (standIn.isPresent()) {
            return isAt(standIn.get(), address);
        }
        Matcher arn = TOPIC_ARN.matcher(topicArn);
        return arn.matches()
                && "https".equals(address.getScheme())
                && host(arn.group(1)).equals(address.getHost())
                && (address.getPort() == -1 || address.getPort() == 443)
                && address.getRawUserInfo() == null;
    }

    /// Whether an address is that of a signing certificate of the topic's SNS.
    boolean isCertificate(String topicArn, URI address) {
        String path = address.getRawPath();
        return isOf(topicArn, address)
                && path != null
                && CERTIFICATE.matcher(path).matches()
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    boolean isStandIn() {
        return standIn.isPresent();
    }

    private static String host(String region) {
        return "sns." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    private static boolean isAt(URI base, URI address) {
        return base.getScheme().equals(address.getScheme())
                && base.getHost().equals(address.getHost())
                && base.getPort() == address.getPort()
                && address.getRawUserInfo() == null
                && String.valueOf(address.getPath()).startsWith(String.valueOf(base.getPath()));
    }
}

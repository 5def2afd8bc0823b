package lull.whatsapp;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.Json;
import lull.runtime.aws.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.socialmessaging.model.SendWhatsAppMessageResponse;

/// [ReplySender] by AWS End User Messaging Social, for business numbers that are registered there. It
/// accepts the body of the Graph API, and never returns WhatsApp's own error code: a message that
/// WhatsApp rejects is reported by a failed status.
public final class AwsSocialSender implements ReplySender {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final AwsSocialClients clients;
    private final WhatsAppMetrics metrics;

    public AwsSocialSender(AwsSocialClients clients, WhatsAppMetrics metrics) {
        this.clients = clients;
        this.metrics = metrics;
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        String number = part.conversation().businessNumber();
        byte[] body = Json.bytes(GraphBody.of(part));
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = call(number, body);
            metrics.whatsAppCalled(delivery.word(), Duration.ofNanos(System.nanoTime() - start));
            return delivery;
        };
    }

    /// Whether this sender serves a business number.
    boolean serves(String businessNumber) {
        return clients.numbers().containsKey(businessNumber);
    }

    /// Sends a read mark or a typing indicator, in the form of the Graph API; returns false if it was
    /// not accepted.
    boolean mark(String businessNumber, byte[] body) {
        try {
            send(businessNumber, body);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private Delivery call(String number, byte[] body) {
        Optional<String> problem = clients.problem(number);
        if (problem.isPresent()) {
            return new WhatsAppError.Misconfigured(clients.credentials(number), problem.get());
        }
        try {
            return new Delivery.Accepted(String.valueOf(send(number, body).messageId()));
        } catch (AwsServiceException e) {
            return meaning(number, e);
        } catch (SdkException e) {
            String reason = "AWS does not answer: " + e.getClass().getSimpleName();
            return isNotConnected(e)
                    ? new WhatsAppError.Transient(Duration.ZERO, reason)
                    : new WhatsAppError.Unclear(false, reason);
        }
    }

    private SendWhatsAppMessageResponse send(String businessNumber, byte[] body) {
        SocialNumber number = clients.number(businessNumber);
        return clients.of(number)
                .sendWhatsAppMessage(request -> request.originationPhoneNumberId(number.id())
                        .metaApiVersion(number.version())
                        .message(SdkBytes.fromByteArray(body))
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(clients.callTimeout())));
    }

    private Delivery meaning(String number, AwsServiceException e) {
        int status = e.statusCode();
        String reason = "AWS answered " + status;
        return switch (status) {
            case 401 -> new WhatsAppError.Misconfigured(clients.credentials(number), reason);
            // Permissions are granted for single numbers, so that neither affects other numbers.
            case 403, 404 ->
                new WhatsAppError.Misconfigured(
                        AwsErrors.isCredentials(e)
                                ? clients.credentials(number)
                                : new ErrorScope.BusinessNumber(number),
                        reason);
            case 409, 429 -> new WhatsAppError.Transient(SOON, reason);
            default ->
                status >= 500 || status == 408
                        ? new WhatsAppError.Unclear(true, reason)
                        : AwsErrors.isCredentials(e)
                                ? new WhatsAppError.Misconfigured(clients.credentials(number), reason)
                                : new WhatsAppError.Refused(status, reason);
        };
    }

    private static boolean isNotConnected(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}

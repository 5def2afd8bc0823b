package lull.runtime.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// Why a call over HTTP had no answer.
///
/// @param needsOperator whether it fails until somebody corrects an address, DNS or a certificate
/// @param reason in words, without anything personal
public record CallFailure(boolean needsOperator, String reason) {

    /// Reads what [BoundedHttpClient] threw.
    ///
    /// @param name of the destination that was called
    /// @param deadline of the call
    public static CallFailure ofDestination(String name, IOException e, Duration deadline) {
        String called = "Destination " + name;
        if (e instanceof SSLException) {
            return new CallFailure(true, called + " cannot be called securely: " + e.getMessage());
        }
        if (e instanceof HttpConnectTimeoutException) {
            return new CallFailure(false, called + " does not accept connections");
        }
        if (e instanceof HttpTimeoutException) {
            return new CallFailure(false, called + " did not answer within " + deadline.toMillis() + " ms");
        }
        if (e instanceof ConnectException) {
            return isUnknownHost(e)
                    ? new CallFailure(true, "The host of destination " + name + " is not known")
                    : new CallFailure(false, called + " cannot be reached: ConnectException");
        }
        return new CallFailure(
                false,
                called + " closed the connection, or its answer was not HTTP ("
                        + e.getClass().getSimpleName() + ")");
    }

    private static boolean isUnknownHost(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}

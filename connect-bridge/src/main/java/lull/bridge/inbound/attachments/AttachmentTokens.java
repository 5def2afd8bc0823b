package lull.bridge.inbound.attachments;

/// Client tokens of the calls for one file. The same call of the same announcement always has the same token.
@FunctionalInterface
public interface AttachmentTokens {

    /// Returns the token of a call.
    ///
    /// @param call its name, such as `upload`
    /// @param announcement number of the announcement, from 0
    String token(String call, int announcement);
}

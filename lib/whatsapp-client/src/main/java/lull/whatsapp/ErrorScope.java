package lull.whatsapp;

/// Scope of a wrong configuration of WhatsApp: calls in it stop until an operator helps, and everything
/// else continues.
public sealed interface ErrorScope {

    /// One business number.
    ///
    /// @param phoneNumberId WhatsApp's id of the number
    record BusinessNumber(String phoneNumberId) implements ErrorScope {}

    /// All business numbers that use one access token.
    ///
    /// @param setting the setting that holds the token, such as `whatsapp.access.token`; never the token itself
    record AccessToken(String setting) implements ErrorScope {}

    /// All calls of this process, because its AWS credentials are rejected.
    record Everything() implements ErrorScope {}
}

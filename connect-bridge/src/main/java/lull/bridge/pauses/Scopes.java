package lull.bridge.pauses;

import lull.lanes.PauseScope;
import lull.whatsapp.ErrorScope;

/// Kinds of scopes that the bridge pauses, from the narrowest to the widest. Pure.
public final class Scopes {

    private Scopes() {}

    /// Returns the scope of one business number, by WhatsApp's phone number id.
    public static PauseScope businessNumber(String number) {
        return new PauseScope("business_number", number);
    }

    /// Returns the scope of all business numbers that send with one access token of WhatsApp.
    ///
    /// @param setting the setting that holds the token, such as `whatsapp.access.token`; never the token itself
    public static PauseScope accessToken(String setting) {
        return new PauseScope("access_token", setting);
    }

    /// Returns the scope of all business numbers whose chats are in one Amazon Connect instance.
    public static PauseScope connectInstance(String instanceId) {
        return new PauseScope("connect_instance", instanceId);
    }

    /// Returns the scope that a wrong configuration of WhatsApp stops.
    public static PauseScope of(ErrorScope scope) {
        return switch (scope) {
            case ErrorScope.BusinessNumber(String phoneNumberId) -> businessNumber(phoneNumberId);
            case ErrorScope.AccessToken(String setting) -> accessToken(setting);
            case ErrorScope.Everything() -> process();
        };
    }

    /// Returns the scope of the whole process.
    public static PauseScope process() {
        return PauseScope.PROCESS;
    }
}

package lull.bridge.pauses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lull.connect.ConnectSettings;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.lanes.Pause;
import lull.lanes.PauseScope;
import lull.lanes.ScopeLookup;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Settings;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.provider.ProviderSettings;

/// Scopes that each business number belongs to, and the business numbers that this process knows: those
/// in the settings, and those of records that it has handled. Safe for several threads.
public final class NumberScopes {

    /// Placeholder for all business numbers that are not in the settings.
    private static final String OTHERS = "";

    private final Function<String, String> instanceOf;
    private final Function<String, Optional<String>> tokenOf;
    private final boolean hasOthers;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /// @param named the business numbers in the settings
    /// @param instanceOf the Amazon Connect instance of a business number
    /// @param tokenOf the setting with the access token of a business number; empty if it needs none
    public NumberScopes(
            Set<String> named, Function<String, String> instanceOf, Function<String, Optional<String>> tokenOf) {
        this.instanceOf = instanceOf;
        this.tokenOf = tokenOf;
        this.known.addAll(named);
        // Settings for single numbers mean that there are others, or they would be settings for all.
        this.hasOthers = !named.isEmpty();
    }

    /// Returns the scopes of the business numbers in the settings.
    public static NumberScopes of(Settings settings) {
        Set<String> social = settings.get(SocialSettings.NUMBERS).keySet();
        Set<String> elsewhere = ProviderSettings.apps(settings).keySet();
        Set<String> named = new HashSet<>(social);
        named.addAll(elsewhere);
        named.addAll(settings.get(NumberSettings.NUMBERS));
        GraphAccess access = WhatsAppSettings.access(settings);
        return new NumberScopes(
                named,
                number -> NumberSettings.of(settings, number, ConnectSettings.INSTANCE_ID),
                number -> social.contains(number)
                                || elsewhere.contains(number)
                                || !Channel.of(number).isWhatsApp()
                        ? Optional.empty()
                        : Optional.of(access.of(number).setting()));
    }

    /// Returns the scopes of a business number, except for the whole process.
    List<PauseScope> of(String businessNumber) {
        List<PauseScope> scopes = new ArrayList<>();
        scopes.add(Scopes.businessNumber(businessNumber));
        scopes.add(Scopes.connectInstance(instanceOf.apply(businessNumber)));
        tokenOf.apply(businessNumber).map(Scopes::accessToken).ifPresent(scopes::add);
        return scopes;
    }

    /// Returns the scopes of records whose key is a conversation.
    public ScopeLookup byConversation() {
        return key -> {
            int end = key.indexOf('|');
            return end < 1 ? List.of() : met(key.substring(0, end));
        };
    }

    /// Returns the scopes of records whose key is a chat's initial contact.
    ///
    /// @param conversationOf the conversation of an initial contact, as far as it is in memory
    public ScopeLookup byContact(Function<String, Optional<ConversationKey>> conversationOf) {
        return key -> conversationOf
                .apply(key)
                .map(conversation -> met(conversation.businessNumber()))
                .orElse(List.of());
    }

    /// Records that there is traffic of a business number.
    public void meet(String businessNumber) {
        known.add(businessNumber);
    }

    /// Whether pauses stop every business number that this process knows.
    public boolean stopEverything(List<Pause> pauses) {
        if (pauses.isEmpty()) {
            return false;
        }
        Set<PauseScope> paused = Set.copyOf(pauses.stream().map(Pause::scope).toList());
        return paused.contains(PauseScope.PROCESS)
                || (!known.isEmpty()
                        && known.stream().allMatch(number -> of(number).stream().anyMatch(paused::contains))
                        && (!hasOthers || of(OTHERS).stream().anyMatch(paused::contains)));
    }

    private List<PauseScope> met(String businessNumber) {
        known.add(businessNumber);
        return of(businessNumber);
    }
}

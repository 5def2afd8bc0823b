package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Advertisement or post whose button opened the conversation: `referral` in WhatsApp's webhook
/// reference. Immutable.
///
/// @param sourceType `ad` or `post`
/// @param clickId WhatsApp's id of the click (`ctwa_clid`); absent for advertisements in Status
/// @param mediaUrl its image or video
public record Referral(
        @Nullable String sourceUrl,
        @Nullable String sourceId,
        @Nullable String sourceType,
        @Nullable String headline,
        @Nullable String body,
        @Nullable String mediaUrl,
        @Nullable String clickId) {

    /// Returns the referral of a message object; empty if it has none.
    public static Optional<Referral> of(JsonNode message) {
        JsonNode referral = message.path("referral");
        if (!referral.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Referral(
                textOrNull(referral, "source_url"),
                textOrNull(referral, "source_id"),
                textOrNull(referral, "source_type"),
                textOrNull(referral, "headline"),
                textOrNull(referral, "body"),
                Fields.text(referral, "image_url")
                        .or(() -> Fields.text(referral, "video_url"))
                        .orElse(null),
                textOrNull(referral, "ctwa_clid")));
    }
}

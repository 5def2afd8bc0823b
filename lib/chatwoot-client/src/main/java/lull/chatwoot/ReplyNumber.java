package lull.chatwoot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.reply.ReplyIds;

/// Where a reply stands in Chatwoot, which its id tells: so what becomes of it can be shown there, and
/// a callback that comes twice is one reply. Pure.
///
/// @param destination the name of the destination
/// @param conversation Chatwoot's number of the conversation
/// @param message Chatwoot's number of the message
/// @param part number of the reply that the message becomes, from 0
public record ReplyNumber(String destination, long conversation, long message, int part) {

    private static final String PREFIX = ReplyIds.ofApplication("chatwoot-");

    private static final Pattern ID =
            Pattern.compile(Pattern.quote(PREFIX) + "([a-z0-9-]+)-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,3})");

    /// Returns the id of the reply.
    public String id() {
        return PREFIX + destination + "-" + conversation + "-" + message + "-" + part;
    }

    /// Returns what the id of a reply tells; empty if the reply was not written in Chatwoot.
    public static Optional<ReplyNumber> of(String replyId) {
        Matcher id = ID.matcher(replyId);
        return id.matches()
                ? Optional.of(new ReplyNumber(
                        id.group(1),
                        Long.parseLong(id.group(2)),
                        Long.parseLong(id.group(3)),
                        Integer.parseInt(id.group(4))))
                : Optional.empty();
    }
}

package lull.text;

import java.util.Set;

/// Text for agents in the words of a language: a line of its file, with these placeholders in braces.
enum Phrase {
    /// The format around the name of a kind of message.
    LABEL("label", "what"),
    IMAGE("image"),
    VIDEO("video"),
    AUDIO("audio"),
    VOICE("voice"),
    DOCUMENT("document"),
    STICKER("sticker"),
    NAMED_FILE("file.named", "kind", "name"),
    LOCATION("location"),
    CONTACT("contact"),
    BIRTHDAY("contact.birthday", "date"),
    BUTTON("button"),
    LIST_ANSWER("list"),
    FORM("form"),
    ORDER("order"),
    ORDER_LINE("order.line", "quantity", "product"),
    ORDER_LINE_PRICED("order.line.priced", "quantity", "product", "price"),
    CALL_PERMISSION("call", "answer"),
    REACTION("reaction"),
    REACTION_REMOVED("reaction.removed"),
    REACTION_TO("reaction.to", "message"),
    NOTICE("notice"),
    WELCOME("welcome"),
    EDITED("edited"),
    EDITED_FROM("edited.from"),
    DELETED("deleted"),
    EMPTY("empty"),
    UNSUPPORTED("unsupported"),
    UNKNOWN("unknown"),
    UNKNOWN_TYPE("unknown.type", "type"),
    REPLY("reply"),
    REPLY_QUOTING("reply.quoting"),
    FORWARDED("forwarded"),
    FORWARDED_OFTEN("forwarded.often"),
    PRODUCT("product"),
    ADVERTISEMENT("ad"),
    NOT_DELIVERED("file.not.delivered"),
    FILE_TOO_LARGE("file.too.large", "file", "limit"),
    FILE_TYPE("file.type", "file"),
    FILE_NOT_CONVERTED("file.not.converted", "file"),
    FILE_GONE("file.gone", "file"),
    FILE_DAMAGED("file.damaged", "file"),
    FILE_UNREACHABLE("file.unreachable", "file"),
    FILE_NOT_ALLOWED("file.not.allowed", "file"),
    FILE_NOT_TAKEN("file.not.taken", "file"),
    FILE_TOO_MANY("file.too.many", "file"),
    FILE_REJECTED("file.rejected", "file"),
    NEW_ADDRESS("address.new", "phone"),
    NEW_ADDRESS_UNKNOWN("address.new.unknown"),
    NOT_SHOWN("not.shown"),
    NOT_SHOWN_WHY("not.shown.why"),
    GIVEN_UP_WHY("not.shown.failed"),
    BEGUN("begun", "template", "time"),
    BEGUN_BY("begun.by", "by", "template", "time"),
    LATE("late"),
    LATE_SINCE("late.since", "time"),
    MISSED_CALL("call.missed", "time"),
    CALL("call.taken", "time", "duration"),
    TAKEN_OVER("taken.over"),
    COLLEAGUE("colleague"),
    HANDED_OVER("handed.over"),
    SAID_BEFORE("said.before"),
    CUSTOMER_SAID("said.before.customer", "text"),
    APPLICATION_SAID("said.before.application", "text"),
    TEMPLATE("template", "name"),
    TRANSCRIPT("transcript"),
    NO_TRANSCRIPT("transcript.none");

    private final String key;

    /// Separated by commas, because an enum should hold nothing that could change.
    private final String placeholders;

    Phrase(String key, String... placeholders) {
        this.key = key;
        this.placeholders = String.join(",", placeholders);
    }

    /// Returns its key in a language's file.
    String key() {
        return key;
    }

    Set<String> placeholders() {
        return placeholders.isEmpty() ? Set.of() : Set.of(placeholders.split(",", -1));
    }
}

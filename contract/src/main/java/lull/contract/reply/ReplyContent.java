package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What a reply says.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = ReplyContent.Text.class, name = "text"))
public sealed interface ReplyContent {

    /// Plain text of any length; it is split where WhatsApp's limit of 4,096 characters needs it.
    record Text(String body) implements ReplyContent {
        @Override
        public String toString() {
            return "Text[" + body.length() + " characters]";
        }
    }
}

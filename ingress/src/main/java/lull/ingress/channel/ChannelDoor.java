package lull.ingress.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import org.jspecify.annotations.Nullable;

/// Port by which the requests of a channel become messages. A door is a pure function: what it reads depends on
/// nothing but the request. Senders are authenticated before it is asked.
@FunctionalInterface
public interface ChannelDoor {

    /// Reads the body of a request.
    ///
    /// @param receivedAt when it arrived, by the ingress's clock
    /// @param source the channel, and the span of the request
    Reading read(byte[] body, Instant receivedAt, Source source);

    /// What is in a request.
    sealed interface Reading {

        /// It can be written.
        ///
        /// @param messages in their order
        /// @param statuses reports about replies
        /// @param ignored one element for each part that is no message of a customer
        /// @param answer the body of the answer, if the channel reads one
        record Accepted(
                List<Message> messages,
                List<MessageStatus> statuses,
                List<Ignored> ignored,
                @Nullable ObjectNode answer)
                implements Reading {

            public Accepted {
                messages = List.copyOf(messages);
                statuses = List.copyOf(statuses);
                ignored = List.copyOf(ignored);
            }
        }

        /// It cannot be read, and sending it again does not help: it is kept unchanged.
        record Unparsed(String reason) implements Reading {}

        /// It is invalid, and the sender can correct it. Nothing of it is written.
        ///
        /// @param problems all problems
        record Wrong(List<String> problems) implements Reading {
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Why a part of a request is not written.
    enum Ignored {
        /// It is from a group, a broadcast or a newsletter.
        GROUP,
        /// The business itself, or a bot, has written it.
        FROM_BUSINESS,
        /// Its content is announced, and follows under the same id.
        WITHOUT_CONTENT,
        /// It reports something that is no message.
        EVENT;

        /// Its word in metrics.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Returns the reading of one message.
    static Reading one(Message message) {
        return new Reading.Accepted(List.of(message), List.of(), List.of(), null);
    }

    /// Returns the reading of a request that has no message of a customer.
    static Reading ignored(Ignored why) {
        return new Reading.Accepted(List.of(), List.of(), List.of(why), null);
    }
}

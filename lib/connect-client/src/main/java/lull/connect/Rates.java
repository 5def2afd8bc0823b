package lull.connect;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lull.runtime.settings.Setting;

/// Rates that Amazon Connect allows in an AWS Region, by operation: the quotas of an account, or of an
/// instance for the Participant API.
///
/// @param allowed by operation; one without an entry has no rate limit of its own
record Rates(Map<Paced, Rate> allowed) {

    /// The quotas of new accounts.
    public static final String DEFAULT = "StartChatContact=5/8,StartContactStreaming=5/8,DescribeContact=10/15,"
            + "UpdateContactAttributes=10/15,UpdateParticipantRoleConfig=5/8,"
            + "CreateParticipantConnection=6/9,SendMessage=10/15,StartAttachmentUpload=2/5,CompleteAttachmentUpload=2/5,"
            + "GetTranscript=8/12,GetAttachment=8/12,DisconnectParticipant=3/5";

    private static final String NONE = "none";

    private static final double MAX_RATE = 1_000_000;

    public Rates {
        allowed = Map.copyOf(allowed);
    }

    /// The operations that have a rate limit of their own.
    public enum Paced {
        START_CHAT("StartChatContact"),
        START_STREAMING("StartContactStreaming"),
        DESCRIBE("DescribeContact"),
        UPDATE_ATTRIBUTES("UpdateContactAttributes"),
        SET_TIMERS("UpdateParticipantRoleConfig"),
        CONNECT("CreateParticipantConnection"),
        SEND_MESSAGE("SendMessage"),
        START_UPLOAD("StartAttachmentUpload", Duration.ofSeconds(30)),
        COMPLETE_UPLOAD("CompleteAttachmentUpload", Duration.ofSeconds(30)),
        TRANSCRIPT("GetTranscript"),
        ATTACHMENT("GetAttachment"),
        DISCONNECT("DisconnectParticipant");

        private final String operation;
        private final Duration longestWait;

        Paced(String operation) {
            this(operation, Duration.ofSeconds(1));
        }

        Paced(String operation, Duration longestWait) {
            this.operation = operation;
            this.longestWait = longestWait;
        }

        /// The maximum time for which a call waits for a token. Meanwhile it holds a slot of its flow.
        /// Calls for a file wait longer: the file has been downloaded, and would be downloaded again.
        Duration longestWait() {
            return longestWait;
        }

        /// The operation's name at Amazon.
        public String operation() {
            return operation;
        }
    }

    /// How often an operation may be called.
    ///
    /// @param perSecond on average
    /// @param burst at once, after a pause
    public record Rate(double perSecond, int burst) {

        public Rate {
            if (!(perSecond > 0) || perSecond > 1_000_000 || burst < 1) {
                throw new IllegalArgumentException("must have rates above 0 and bursts of 1 or more");
            }
        }

        /// Returns one of several equal parts of it.
        Rate part(int of) {
            return new Rate(perSecond / of, Math.max(1, burst / of));
        }
    }

    /// Parses rates written as `operation=rate/burst` separated by commas, or `none`. Throws
    /// `IllegalArgumentException`.
    public static Rates of(String text) {
        Map<Paced, Rate> allowed = new EnumMap<>(Paced.class);
        if (text.strip().equals(NONE)) {
            return new Rates(allowed);
        }
        Set<Paced> left = new HashSet<>(Set.of(Paced.values()));
        for (String word : Setting.words(text)) {
            int middle = word.indexOf('=');
            int slash = word.indexOf('/', middle);
            if (middle < 0 || slash < 0) {
                throw new IllegalArgumentException("must be such as SendMessage=10/15, separated by commas, or none");
            }
            Paced operation = left.stream()
                    .filter(paced -> paced.operation().equals(word.substring(0, middle)))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("must name each of these at most once: " + names()));
            left.remove(operation);
            allowed.put(operation, rate(word.substring(middle + 1, slash), word.substring(slash + 1)));
        }
        return new Rates(allowed);
    }

    /// Returns one of several equal parts of all rates.
    public Rates part(int of) {
        Map<Paced, Rate> parts = new EnumMap<>(Paced.class);
        allowed.forEach((operation, rate) -> parts.put(operation, rate.part(of)));
        return new Rates(parts);
    }

    private static Rate rate(String perSecond, String burst) {
        try {
            double rate = Double.parseDouble(perSecond.strip());
            int most = Integer.parseInt(burst.strip());
            if (!(rate > 0 && rate <= MAX_RATE && most > 0)) {
                throw new IllegalArgumentException("must have rates above 0, such as 10/15");
            }
            return new Rate(rate, most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must have a rate such as 10/15", e);
        }
    }

    private static String names() {
        StringBuilder names = new StringBuilder();
        for (Paced paced : Paced.values()) {
            names.append(names.isEmpty() ? "" : ", ").append(paced.operation());
        }
        return names.toString();
    }
}

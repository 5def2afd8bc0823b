package lull.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Answers of Amazon Connect and WhatsApp that begin and do not end, as the stand-ins give them.
final class HangingAnswers {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final List<Mishap.Fault> FAULTS = List.of(
            whatsApp("messages"),
            whatsApp("receipts"),
            whatsApp("media"),
            whatsApp("download"),
            connect("StartChatContact"),
            connect("SendMessage"),
            connect("SendEvent"),
            connect("GetTranscript"),
            connect("StartAttachmentUpload"));

    private HangingAnswers() {}

    /// Has them hang, now this call and now that, until the attackers are done; files come meanwhile.
    static void play(People people, Poison poison, Attackers attackers) throws IOException, InterruptedException {
        boolean sent = false;
        for (int next = 0; !attackers.areDone(); next++) {
            people.fault(FAULTS.get(next % FAULTS.size()));
            if (next == FAULTS.size() / 2 && !sent) {
                poison.files();
                sent = true;
            }
            Thread.sleep(EVERY.dividedBy(2));
        }
        people.clearFaults();
    }

    private static Mishap.Fault whatsApp(String target) {
        return new Mishap.Fault(Mishap.Where.WHATSAPP, fault(target));
    }

    private static Mishap.Fault connect(String operation) {
        return new Mishap.Fault(Mishap.Where.CONNECT, fault(operation));
    }

    private static String fault(String target) {
        return "{\"target\":\"" + target + "\",\"hangs\":true}";
    }
}

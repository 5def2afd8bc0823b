package lull.bench;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Something that goes wrong around Lull.
sealed interface Mishap {

    /// A service is killed without a last word, and started again.
    record Killed(String service) implements Mishap {

        @Override
        public String toString() {
            return service + " killed";
        }
    }

    /// The broker is killed, and started again after a time.
    record BrokerAway(Duration time) implements Mishap {

        @Override
        public String toString() {
            return "broker away for " + time.toMillis() + " ms";
        }
    }

    /// A stand-in does what it is told by `POST /_faults`.
    ///
    /// @param fault its body
    record Fault(Where where, String fault) implements Mishap {

        @Override
        public String toString() {
            return where + " " + fault;
        }
    }

    /// An agent hands a chat over to another one.
    record Transferred(int customer) implements Mishap {

        @Override
        public String toString() {
            return "chat of customer " + customer + " transferred";
        }
    }

    /// A stand-in.
    enum Where {
        CONNECT,
        WHATSAPP,
        APPLICATION,
        LANGUAGE_MODEL
    }

    /// What may go wrong at stand-ins. What SNS loses is not among it: it is found in the transcript, behind what came
    /// after it.
    List<Fault> FAULTS = List.of(
            connect("{'target':'SendMessage','code':'ThrottlingException','times':3}"),
            connect("{'target':'SendMessage','status':500,'takesEffect':true}"),
            connect("{'target':'SendMessage','delayMillis':1500}"),
            connect("{'target':'CreateParticipantConnection','status':500}"),
            connect("{'target':'GetTranscript','code':'ThrottlingException','times':2}"),
            connect("{'target':'sns.duplicate','times':4}"),
            whatsApp("{'target':'messages','code':'130429','times':2}"),
            whatsApp("{'target':'messages','code':'131026'}"),
            whatsApp("{'target':'messages','code':'131000','takesEffect':true}"),
            whatsApp("{'target':'messages','status':503}"),
            whatsApp("{'target':'messages','delayMillis':1500}"),
            whatsApp("{'target':'messages','delayMillis':1500,'takesEffect':true}"),
            whatsApp("{'target':'status.duplicate','times':3}"),
            whatsApp("{'target':'status.reorder','times':2}"),
            whatsApp("{'target':'status.drop'}"),
            application("{'target':'turns','status':503,'times':2}"),
            application("{'target':'turns','status':429}"),
            application("{'target':'turns','status':500,'takesEffect':true}"),
            application("{'target':'turns','reset':true}"),
            application("{'target':'turns','delayMillis':3000}"),
            languageModel("{'target':'completions','status':503,'times':2}"),
            languageModel("{'target':'completions','status':429,'code':'rate_limit_exceeded'}"),
            languageModel("{'target':'completions','delayMillis':3000}"));

    /// The next of a run: one time in three a service is killed, one time in ten the broker.
    static Mishap next(SplittableRandom random, int customers) {
        int dice = random.nextInt(100);
        if (dice < 10) {
            return new BrokerAway(Duration.ofMillis(random.nextInt(500, 8_000)));
        }
        if (dice < 22) {
            return new Killed("bridge");
        }
        if (dice < 30) {
            return new Killed("aggregator");
        }
        if (dice < 36) {
            return new Killed("ingress");
        }
        if (dice < 42) {
            return new Killed("applications");
        }
        if (dice < 50) {
            return new Killed("archive");
        }
        if (dice < 56) {
            return new Transferred(random.nextInt(customers));
        }
        return FAULTS.get(random.nextInt(FAULTS.size()));
    }

    private static Fault connect(String fault) {
        return new Fault(Where.CONNECT, fault.replace('\'', '"'));
    }

    private static Fault application(String fault) {
        return new Fault(Where.APPLICATION, fault.replace('\'', '"'));
    }

    private static Fault languageModel(String fault) {
        return new Fault(Where.LANGUAGE_MODEL, fault.replace('\'', '"'));
    }

    private static Fault whatsApp(String fault) {
        return new Fault(Where.WHATSAPP, fault.replace('\'', '"'));
    }
}

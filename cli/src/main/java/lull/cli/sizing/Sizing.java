package lull.cli.sizing;

import java.util.Comparator;
import java.util.List;
import lull.cli.sizing.ProcessSize.Processors;

/// Processes, partitions, brokers and quotas that a traffic needs. Pure.
///
/// The constants are figures of `docs/performance.md` and `docs/configuration.md`, measured on two processors, and
/// halved where processors are concerned: half of each processor is kept free for bursts, restarts and garbage
/// collection. `docs/sizing.md` says which of them were measured and which were calculated.
///
/// @param demand the traffic
public record Sizing(Demand demand) {

    /// Bytes that a message of a customer adds to Kafka's topics, with its part of the turn, answers and changelogs.
    public static final double KAFKA_BYTES_A_MESSAGE = 5_700;

    /// Brokers are in so many zones, and each partition has so many replicas.
    public static final int ZONES = 3;

    private static final double INGRESS_MESSAGES_A_VCPU = 5_000 / 2.0;
    private static final double AGGREGATOR_MESSAGES_A_VCPU = 4_000 / 2.0;
    private static final double BRIDGE_TURNS_A_VCPU = 500 / 2.0;

    private static final double MOST_VCPUS_OF_AN_INGRESS = 2;
    private static final double MOST_VCPUS = 4;

    private static final int INGRESS_HEAP = 384;

    private static final double BYTES_OF_AN_OPEN_TURN = 400;
    private static final double SECONDS_OF_A_TURN = 15;
    private static final int AGGREGATOR_HEAP = 352;
    private static final int ROCKSDB = 256;

    private static final double BYTES_OF_A_CHAT = 15_000;
    private static final int BRIDGE_HEAP = 256;
    private static final double FOR_THE_COLLECTOR = 1.5;
    private static final int LEAST_BRIDGE_HEAP = 512;
    private static final int MOST_BRIDGE_HEAP = 16_384;

    private static final double ARCHIVE_RECORDS_A_VCPU = 4_000 / 2.0;
    private static final int ARCHIVE_HEAP = 384;
    private static final int RECORDS_OF_A_TURN = 4;
    private static final int RECORDS_OF_AN_ANSWER = 5;
    private static final double ARCHIVE_BYTES_A_RECORD = 1_200;

    private static final int LEAST_PARTITIONS = 32;
    private static final int PARTITIONS_OF_A_THREAD = 4;
    private static final double DAYS_OF_DUPLICATES = 7;
    private static final double BYTES_OF_A_CONVERSATION = 60;
    private static final double BYTES_OF_AN_ID = 16;
    private static final double BYTES_OF_A_TURN_S_MESSAGE = 900;
    private static final double BYTES_IN_A_GB = 1e9;

    private static final double MEGABYTES = 1e6;
    private static final double MEBIBYTE = 1 << 20;

    /// What others allow.
    ///
    /// @param openChats chats of an instance of Amazon Connect at a time
    /// @param sendMessage calls of SendMessage per second
    /// @param startChat calls of StartChatContact per second
    /// @param ofANumber messages per second of a business number of WhatsApp
    public record Quotas(double openChats, double sendMessage, double startChat, double ofANumber) {}

    /// Type of broker of Amazon MSK, with three quarters (Express) or half (Standard) of what AWS says it can write.
    public enum Brokers {
        /// `express.m7g.large`.
        EXPRESS(12.3),
        /// `kafka.m7g.large`.
        STANDARD(11);

        private final double megabytesPerSecond;

        Brokers(double megabytesPerSecond) {
            this.megabytesPerSecond = megabytesPerSecond;
        }
    }

    /// Returns the ingresses, the aggregators and the bridges: what every installation has.
    public List<ProcessSize> processes() {
        return List.of(ingresses(), aggregators(), bridges());
    }

    /// Returns the processes that give turns to applications. They do for a turn what bridges do, except for files, so
    /// they have the figures of bridges. This is calculated, not measured.
    ///
    /// @param share of the turns that go to applications, from 0 to 1
    public ProcessSize applications(double share) {
        return sending("applications", share, OutsideHeap.APPLICATIONS);
    }

    /// Returns the archives, which an installation has only if somebody searches or traces messages.
    public ProcessSize archives() {
        Processors processors = ProcessSize.processors(archivedRecords() / ARCHIVE_RECORDS_A_VCPU, 2, MOST_VCPUS);
        return ProcessSize.of("archive", processors, ARCHIVE_HEAP, ARCHIVE_HEAP + OutsideHeap.ARCHIVE.mebibytes(), 0);
    }

    /// Returns what the tables and indexes of the archive have in PostgreSQL, in GB.
    ///
    /// @param days that rows are kept
    public double gigabytesArchived(double days) {
        return demand.messages(days) * archivedRecords() / demand.rate() * ARCHIVE_BYTES_A_RECORD / BYTES_IN_A_GB;
    }

    /// Returns the records that the archive reads per second at the peak: each message; for each turn the turn, what
    /// Amazon Connect accepted of it, and two chat events; for each answer the request, what was sent, and three
    /// statuses.
    double archivedRecords() {
        return demand.rate() + demand.turns() * RECORDS_OF_A_TURN + demand.answers() * RECORDS_OF_AN_ANSWER;
    }

    /// Returns how many partitions each topic needs: a multiple of 32.
    public int partitions() {
        ProcessSize aggregators = aggregators();
        int threads = aggregators.number() * threads(aggregators);
        int needed = Math.max(LEAST_PARTITIONS, PARTITIONS_OF_A_THREAD * threads);
        return Math.ceilDiv(needed, LEAST_PARTITIONS) * LEAST_PARTITIONS;
    }

    /// Returns the stream threads of one aggregator (`streams.threads`).
    public int threadsOfAnAggregator() {
        return threads(aggregators());
    }

    /// Returns what is written to Kafka at the peak, in MB per second, without replicas.
    public double megabytesWritten() {
        return demand.rate() * KAFKA_BYTES_A_MESSAGE / MEGABYTES;
    }

    /// Returns what the topics keep, in GB, without replicas.
    ///
    /// @param days that records are kept
    public double gigabytesKept(double days) {
        return demand.messages(days) * KAFKA_BYTES_A_MESSAGE / BYTES_IN_A_GB;
    }

    /// Returns the number of brokers: a multiple of three that can write the traffic at the peak.
    public int brokers(Brokers type) {
        double needed = megabytesWritten() / type.megabytesPerSecond;
        return ZONES * Math.max(1, (int) Math.ceil(needed / ZONES));
    }

    /// Returns the limits outside Lull, the one that is reached first at the beginning.
    List<Limit> limits(Quotas quotas) {
        return List.of(
                        limit(
                                "Amazon Connect: chats open at a time",
                                demand.openChats(),
                                quotas.openChats(),
                                "raise the quota, and end chats by the flow or the agents"),
                        limit(
                                "Amazon Connect: SendMessage a second",
                                demand.turns(),
                                quotas.sendMessage(),
                                "raise the quota and connect.rates, or use several instances"),
                        limit(
                                "Amazon Connect: StartChatContact a second",
                                demand.newChats(),
                                quotas.startChat(),
                                "raise the quota and connect.rates, or use several Regions: instances share it"),
                        limit(
                                "WhatsApp: messages a second of a number",
                                demand.answers(),
                                quotas.ofANumber(),
                                "ask Meta for more and raise whatsapp.number.per.second, or use several numbers"))
                .stream()
                .sorted(Comparator.comparingDouble(Limit::rate))
                .toList();
    }

    private Limit limit(String what, double needed, double allowed, String remedy) {
        return Limit.of(what, needed, allowed, demand.rate(), remedy);
    }

    private ProcessSize ingresses() {
        Processors processors =
                ProcessSize.processors(demand.rate() / INGRESS_MESSAGES_A_VCPU, 2, MOST_VCPUS_OF_AN_INGRESS);
        return ProcessSize.of("ingress", processors, INGRESS_HEAP, INGRESS_HEAP + OutsideHeap.INGRESS.mebibytes(), 0);
    }

    private ProcessSize aggregators() {
        Processors processors = ProcessSize.processors(demand.rate() / AGGREGATOR_MESSAGES_A_VCPU, 2, MOST_VCPUS);
        double openTurns = demand.turns() * SECONDS_OF_A_TURN / (processors.number() - 1);
        int heap = rounded(AGGREGATOR_HEAP + FOR_THE_COLLECTOR * openTurns * BYTES_OF_AN_OPEN_TURN / MEBIBYTE);
        return ProcessSize.of(
                "aggregator",
                processors,
                heap,
                heap + ROCKSDB + OutsideHeap.AGGREGATOR.mebibytes(),
                disk(processors.number() - 1));
    }

    /// Returns the disk of an aggregator in GB: the ids of seven days, the open turns, as much again as standby, and
    /// twice that while RocksDB compacts.
    ///
    /// @param number of aggregators that share it
    private double disk(int number) {
        double messages = demand.messages(DAYS_OF_DUPLICATES);
        double conversations = demand.chatsADay() * DAYS_OF_DUPLICATES;
        double ids = messages * BYTES_OF_AN_ID + conversations * BYTES_OF_A_CONVERSATION;
        double turns = demand.rate() * SECONDS_OF_A_TURN * BYTES_OF_A_TURN_S_MESSAGE;
        return 2 * 2 * (ids + turns) / number / BYTES_IN_A_GB;
    }

    private ProcessSize bridges() {
        return sending("bridge", 1, OutsideHeap.BRIDGE);
    }

    /// Returns the processes that send turns. If one fails, the others take its chats, so each has heap for them.
    ///
    /// @param share of the turns that they send
    private ProcessSize sending(String service, double share, OutsideHeap outside) {
        double chats = share * Math.max(demand.chatsADay(), demand.openChats());
        double allChats = FOR_THE_COLLECTOR * chats * BYTES_OF_A_CHAT / MEBIBYTE;
        double fixed = FOR_THE_COLLECTOR * BRIDGE_HEAP;
        int forMemory = 1 + (int) Math.ceil(allChats / (MOST_BRIDGE_HEAP - fixed));
        Processors processors =
                ProcessSize.processors(share * demand.turns() / BRIDGE_TURNS_A_VCPU, forMemory, MOST_VCPUS);
        int heap = rounded(Math.max(LEAST_BRIDGE_HEAP, fixed + allChats / (processors.number() - 1)));
        return ProcessSize.of(service, processors, heap, heap + outside.mebibytes(), 0);
    }

    private static int threads(ProcessSize aggregators) {
        return (int) Math.max(1, Math.floor(aggregators.vcpus()));
    }

    /// Rounds up to a multiple of 64 MiB.
    private static int rounded(double mebibytes) {
        return (int) Math.ceil(mebibytes / 64) * 64;
    }
}

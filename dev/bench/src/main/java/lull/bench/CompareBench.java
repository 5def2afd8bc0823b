package lull.bench;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;

/// Measurement of the aggregator beside the DSL of Kafka Streams, and beside peers: the same messages,
/// one form after the other, each in a process of its own that stays up, so that all but the first
/// round find it warm.
final class CompareBench {

    private static final int PER_SECOND = 2_000;
    private static final int CUSTOMERS = 50_000;
    private static final int WARM_SHARE = 5;

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;
    private final Map<TurnMaker, Child> applications = new LinkedHashMap<>();

    CompareBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// Runs it for each number of messages a turn.
    List<Comparison> run() throws Exception {
        for (TurnMaker maker : plan.compared()) {
            applications.put(maker, processes.start(maker, maker.word()));
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (int perTurn : plan.perTurn()) {
            comparisons.add(compare(perTurn));
        }
        for (Child application : applications.values()) {
            application.close();
        }
        return comparisons;
    }

    private Comparison compare(int perTurn) throws Exception {
        Bursts bursts = new Bursts(perTurn, Math.ceilDiv(plan.messages(), perTurn), PER_SECOND);
        String input = "compare-" + perTurn;
        processes.log().create(input, Topic.Stamped.BY_PRODUCER);
        processes.log().write(input, bursts, CUSTOMERS, true, Instant.now(), TurnsPlan.GAP);
        Comparison.Builder comparison = new Comparison.Builder(perTurn);
        for (int round = 0; round <= plan.rounds(); round++) {
            Map<TurnMaker, Comparison.Entry> entries = new LinkedHashMap<>();
            TurnsRead lull = new TurnsRead(0, 0, 0);
            for (TurnMaker maker : plan.compared()) {
                boolean recorded = round > 0 && maker.equals(TurnMaker.LULL) && plan.jfr() != null;
                Work work = work(maker, input, bursts);
                TurnsRead read = pass(maker, work, bursts, recorded, entries);
                if (maker.equals(TurnMaker.LULL)) {
                    lull = read;
                    check(read, bursts, comparison);
                } else if (!read.equals(lull)) {
                    differs(maker, maker.label() + " made " + read + ", lull " + lull, comparison);
                }
                progress.accept(TurnsReport.progress(perTurn, round, maker, requireNonNull(entries.get(maker))));
            }
            if (round > 0) {
                comparison.add(entries);
            }
        }
        processes.log().delete(input);
        return comparison.build();
    }

    private static void check(TurnsRead read, Bursts bursts, Comparison.Builder comparison) {
        long messages = (long) bursts.turns() * bursts.perTurn();
        if (read.turns() != bursts.turns() || read.messages() != messages) {
            comparison.flaw("lull closed " + read + " of " + bursts.turns() + " turns, " + messages + " messages");
        }
    }

    /// That a peer makes other turns is a result; a form of this module has a fault then.
    private static void differs(TurnMaker maker, String how, Comparison.Builder comparison) {
        if (maker instanceof TurnMaker.Other) {
            comparison.remark(how);
        } else {
            comparison.flaw(how);
        }
    }

    private Work work(TurnMaker maker, String input, Bursts bursts) throws Exception {
        String round = processes.nextRound() + "-" + maker.word();
        long all = (long) bursts.turns() * bursts.perTurn();
        Work work = new Work(round, input, "turns-of-" + round, TurnsPlan.GAP, all / WARM_SHARE, all, false);
        processes.log().createOutput(work.output());
        return work;
    }

    private TurnsRead pass(
            TurnMaker maker, Work work, Bursts bursts, boolean recorded, Map<TurnMaker, Comparison.Entry> entries)
            throws Exception {
        Child application = requireNonNull(applications.get(maker));
        if (recorded) {
            application.record();
        }
        Usage before = processes.broker().usage();
        Pass pass = application.run(work);
        Usage broker = processes.broker().usage().since(before);
        if (recorded) {
            application.stopRecording(requireNonNull(plan.jfr()));
        }
        entries.put(maker, new Comparison.Entry(pass, broker.cpuNanos() / 1e3 / work.to()));
        TurnsRead read = TurnsRead.of(
                processes.bootstrapServers(),
                work.output(),
                bursts.turns(),
                () -> processes.log().nudge(work.input()));
        application.stop();
        if (maker instanceof TurnMaker.Own own && own.form().role() == Role.AGGREGATOR) {
            processes.log().forget(work.input());
        }
        processes.log().delete(work.round());
        processes.log().delete(work.output());
        return read;
    }
}

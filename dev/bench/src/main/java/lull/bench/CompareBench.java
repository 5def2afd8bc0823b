package lull.bench;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;

/// Measurement of the aggregator beside the DSL of Kafka Streams: the same messages, one form after the other,
/// each in a process of its own that stays up, so that all but the first round find it warm.
final class CompareBench {

    private static final int PER_SECOND = 2_000;
    private static final int CUSTOMERS = 50_000;
    private static final int WARM_SHARE = 5;

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;
    private final Map<TurnForm, Child> applications = new EnumMap<>(TurnForm.class);

    CompareBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// Runs it for each number of messages a turn.
    List<Comparison> run() throws Exception {
        for (TurnForm form : plan.forms()) {
            applications.put(form, processes.start(form, form.name()));
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
            Map<TurnForm, Comparison.Entry> entries = new EnumMap<>(TurnForm.class);
            TurnsRead lull = new TurnsRead(0, 0, 0);
            for (TurnForm form : plan.forms()) {
                boolean recorded = round > 0 && form == TurnForm.LULL && plan.jfr() != null;
                Work work = work(form, input, bursts);
                TurnsRead read = pass(form, work, bursts, recorded, entries);
                if (form == TurnForm.LULL) {
                    lull = read;
                    check(read, bursts, comparison);
                } else if (!read.equals(lull)) {
                    comparison.flaw(form.label() + " made " + read + ", lull " + lull);
                }
                progress.accept(TurnsReport.progress(perTurn, round, form, requireNonNull(entries.get(form))));
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

    private Work work(TurnForm form, String input, Bursts bursts) throws Exception {
        String round = processes.nextRound() + "-" + form.name();
        long all = (long) bursts.turns() * bursts.perTurn();
        Work work = new Work(round, input, "turns-of-" + round, TurnsPlan.GAP, all / WARM_SHARE, all, false);
        processes.log().createOutput(work.output());
        return work;
    }

    private TurnsRead pass(
            TurnForm form, Work work, Bursts bursts, boolean recorded, Map<TurnForm, Comparison.Entry> entries)
            throws Exception {
        Child application = requireNonNull(applications.get(form));
        if (recorded) {
            application.record();
        }
        Usage before = processes.broker().usage();
        Pass pass = application.run(work);
        Usage broker = processes.broker().usage().since(before);
        if (recorded) {
            application.stopRecording(requireNonNull(plan.jfr()));
        }
        entries.put(form, new Comparison.Entry(pass, broker.cpuNanos() / 1e3 / work.to()));
        TurnsRead read = TurnsRead.of(
                processes.bootstrapServers(),
                work.output(),
                bursts.turns(),
                () -> processes.log().nudge(work.input()));
        application.stop();
        if (form.role() == Role.AGGREGATOR) {
            processes.log().forget(work.input());
        }
        processes.log().delete(work.round());
        processes.log().delete(work.output());
        return read;
    }
}

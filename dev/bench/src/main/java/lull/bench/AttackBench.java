package lull.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lull.runtime.Lifecycle;
import org.jspecify.annotations.Nullable;

/// Attacks on an installation that it starts itself, one after the other, while customers and agents write to
/// each other. In the end every process is alive and ready, signed webhooks were answered in time, and
/// everything that was said has been shown once and in order.
final class AttackBench {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// How long nothing may change before what is there is judged: longer than a reply can be in doubt.
    private static final Duration QUIET = Duration.ofSeconds(12);

    /// More absurd messages are not sent than this many times each.
    private static final int MAX_ROUNDS = 5;

    /// A service that logs more than this for each second of a run logs a line for each request.
    private static final int MAX_LOG_LINES_A_SECOND = 10;

    private final AttackPlan plan;
    private final @Nullable Path logs;
    private final Consumer<String> progress;
    private final List<AttackReport.Phase> phases = new ArrayList<>();

    /// @param logs where the logs of services are to be kept; absent if they are not
    /// @param progress receives lines on what is being done
    AttackBench(AttackPlan plan, @Nullable Path logs, Consumer<String> progress) {
        this.plan = plan;
        this.logs = logs;
        this.progress = progress;
    }

    /// What attackers begin; it goes on until their time is over.
    @FunctionalInterface
    private interface Attack {
        void begin(Attackers attackers) throws IOException, InterruptedException;
    }

    /// Both ways of all conversations.
    private record Verdicts(ChaosVerdict toAgents, ChaosVerdict toCustomers, List<String> absurd) {

        boolean isMissingSomething() {
            return !(toAgents.missing().isEmpty() && toCustomers.missing().isEmpty() && absurd.isEmpty());
        }
    }

    /// Runs it once. Throws if a process does not start.
    AttackReport run() throws Exception {
        Lifecycle components = new Lifecycle();
        // If the run is interrupted, no data and no process stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        long begin = System.nanoTime();
        try (components) {
            progress.accept("Starting broker, stand-ins and services ...");
            AttackedSystem system = AttackedSystem.start(plan, logs, components);
            People people = components.add("people", new People(system.options()));
            Poison poison = new Poison(people);
            openChats(people);
            SignedTraffic traffic = components.add(
                    "traffic", new SignedTraffic(plan, people, system.ports().ingresses()));
            traffic.start();
            attack(system, people, poison, traffic);
            List<SignedTraffic.Said> said = traffic.stop();
            progress.accept("Nobody writes any more; waiting for what is on its way ...");
            Verdicts verdicts = settle(system, people, poison, said);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            return report(system, poison, verdicts, seconds);
        }
    }

    private void openChats(People people) throws Exception {
        for (String customer : plan.phones()) {
            people.write(customer, SignedTraffic.first(), PATIENCE);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (String customer : plan.phones()) {
            while (people.shown(customer).isEmpty()) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("A chat was not opened");
                }
                Thread.sleep(SECOND);
            }
        }
    }

    private void attack(AttackedSystem system, People people, Poison poison, SignedTraffic traffic) throws Exception {
        PortAttacks attacks = new PortAttacks(plan, system.ports(), AttackedSystem.topicArn(), system.snsAddress());
        phase("none, not warm yet", traffic, _ -> {});
        phase("none", traffic, _ -> {});
        phase("bodies of 5 MB", traffic, attacks::largeBodies);
        phase("bodies held back", traffic, attacks::heldBodies);
        phase("slow heads and bodies", traffic, attacks::slowSenders);
        phase("bodies at inner ports", traffic, attacks::innerPorts);
        phase("flood of forged requests", traffic, attacks::flood);
        phase("malformed requests", traffic, attacks::malformedRequests);
        phase("absurd messages", traffic, attackers -> {
            for (int round = 0; round < MAX_ROUNDS && !attackers.areDone(); round++) {
                poison.round();
            }
        });
        phase("answers that do not end", traffic, attackers -> HangingAnswers.play(people, poison, attackers));
        phase("none any more", traffic, _ -> {});
    }

    private void phase(String name, SignedTraffic traffic, Attack attack) throws IOException, InterruptedException {
        traffic.cut();
        Tally tally = new Tally();
        Attackers attackers = new Attackers(tally, Duration.ofSeconds(plan.seconds()));
        try {
            attack.begin(attackers);
        } finally {
            attackers.await();
        }
        traffic.awaitCaughtUp();
        AttackReport.Phase phase = new AttackReport.Phase(name, traffic.cut(), tally.counts());
        phases.add(phase);
        progress.accept(AttackReport.line(phase));
    }

    /// Waits until nothing is missing, and then until nothing can come any more.
    private static Verdicts settle(AttackedSystem system, People people, Poison poison, List<SignedTraffic.Said> said)
            throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (judge(system, people, poison, said).isMissingSomething() && System.nanoTime() < until) {
            Thread.sleep(SECOND);
        }
        Thread.sleep(QUIET);
        return judge(system, people, poison, said);
    }

    private static Verdicts judge(AttackedSystem system, People people, Poison poison, List<SignedTraffic.Said> said)
            throws Exception {
        RepliesRead replies = RepliesRead.of(system.bootstrapServers());
        ChaosVerdict toAgents = ChaosVerdict.NOTHING;
        ChaosVerdict toCustomers = ChaosVerdict.NOTHING;
        for (SignedTraffic.Said talk : said) {
            String customer = talk.customer();
            toAgents = toAgents.and(ChaosVerdict.ofTurns(customer, talk.written(), people.shown(customer)));
            toCustomers =
                    toCustomers.and(ChaosVerdict.ofReplies(customer, talk.answered(), people.phone(customer), replies));
        }
        return new Verdicts(toAgents, toCustomers, poison.missing());
    }

    private AttackReport report(AttackedSystem system, Poison poison, Verdicts verdicts, long seconds)
            throws IOException, InterruptedException {
        List<AttackReport.LogLines> logLines = system.logLines();
        List<String> flaws = new ArrayList<>(system.problems());
        for (AttackReport.Phase phase : phases) {
            flaws.addAll(flaws(phase));
        }
        for (ChaosVerdict one : List.of(verdicts.toAgents(), verdicts.toCustomers())) {
            flaws.addAll(one.missing());
            flaws.addAll(one.flaws());
            flaws.addAll(one.accounted());
        }
        flaws.addAll(verdicts.absurd());
        for (AttackReport.LogLines one : logLines) {
            if (one.lines() > seconds * MAX_LOG_LINES_A_SECOND) {
                flaws.add("The log of " + one.service() + " has " + one.lines() + " lines of " + seconds + " s");
            }
        }
        AttackedSystem.StoredFiles files = system.storedFiles();
        if (files.halves() > 0 || files.whole() > poison.sentFiles()) {
            flaws.add("The store has " + files.whole() + " files and " + files.halves() + " halves of "
                    + poison.sentFiles() + " documents");
        }
        return new AttackReport(
                plan,
                Machine.words(),
                phases,
                verdicts.toAgents().said(),
                verdicts.toCustomers().said(),
                poison.expected(),
                logLines,
                flaws);
    }

    private List<String> flaws(AttackReport.Phase phase) {
        List<String> flaws = new ArrayList<>();
        SignedTraffic.Figures signed = phase.signed();
        if (signed.refused() > 0) {
            flaws.add("During '" + phase.name() + "' signed webhooks were refused " + signed.refused() + " times");
        }
        if (signed.p99Millis() > plan.limitMillis()) {
            flaws.add("During '" + phase.name() + "' 1 of 100 signed webhooks took longer than " + plan.limitMillis()
                    + " ms");
        }
        if (phase.attackers().believed() > 0) {
            flaws.add("During '" + phase.name() + "' forged requests were accepted "
                    + phase.attackers().believed() + " times");
        }
        return flaws;
    }
}

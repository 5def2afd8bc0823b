package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The outcome of an attack.
///
/// @param signedMessages that customers wrote, of which each was to be shown to an agent once
/// @param replies of agents, of which each was to be shown to the customer once
/// @param besideAbsurd messages that came beside and after absurd ones, and were to be shown once
/// @param logLines of each service
/// @param flaws what is broken; empty if nothing is
record AttackReport(
        AttackPlan plan,
        String machine,
        List<Phase> phases,
        int signedMessages,
        int replies,
        int besideAbsurd,
        List<LogLines> logLines,
        List<String> flaws) {

    AttackReport {
        phases = List.copyOf(phases);
        logLines = List.copyOf(logLines);
        flaws = List.copyOf(flaws);
    }

    /// What happened while one attack went on, or none.
    record Phase(String name, SignedTraffic.Figures signed, Tally.Counts attackers) {}

    /// How much a service has logged.
    record LogLines(String service, long lines) {}

    /// One line on what has just happened.
    static String line(Phase phase) {
        SignedTraffic.Figures signed = phase.signed();
        return String.format(
                Locale.ROOT,
                "%-28s %6d %7d %8.1f %8.1f %8.1f %11d %8d  %s",
                phase.name(),
                signed.sent(),
                signed.refused(),
                signed.p50Millis(),
                signed.p99Millis(),
                signed.maxMillis(),
                phase.attackers().connections(),
                phase.attackers().requests(),
                new TreeMap<>(phase.attackers().answers()));
    }

    /// As text for people.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("What signed traffic noticed of attacks");
        lines.add(machine);
        lines.add(plan.rate() + " signed webhooks a second; each attack " + plan.seconds() + " s, with "
                + plan.connections() + " connections and " + plan.flood() + " requests a second; heaps of "
                + plan.heap() + " MiB");
        lines.add("");
        lines.add("Answers to signed webhooks in ms from when they were due; answers to attackers by status");
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %6s %7s %8s %8s %8s %11s %8s  %s",
                "attack",
                "signed",
                "refused",
                "p50",
                "p99",
                "max",
                "connections",
                "requests",
                "answers"));
        phases.forEach(phase -> lines.add(line(phase)));
        lines.add("");
        lines.add(signedMessages + " messages from customers to agents, " + replies + " from agents to customers, "
                + besideAbsurd + " beside and after absurd ones");
        logLines.forEach(one -> lines.add(one.lines() + " lines in the log of " + one.service()));
        lines.add("");
        lines.add(
                flaws.isEmpty()
                        ? "Every process is alive and ready, every signed webhook was answered in time, and everything"
                                + " arrived once and in order."
                        : "NOT everything held:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
        return lines;
    }
}

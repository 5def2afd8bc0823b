package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The outcome of a chaos as text for people.
final class ChaosReport {

    private ChaosReport() {}

    /// @param isArchived whether an archive took part
    static List<String> lines(
            ChaosPlan plan,
            String machine,
            List<Mishap> played,
            Map<String, ChaosVerdict> ways,
            List<String> flaws,
            boolean isArchived) {
        List<String> lines = new ArrayList<>();
        lines.add("What people said to each other while much went wrong");
        lines.add(machine);
        lines.add("seed " + plan.seed() + ", " + plan.customers() + " customers, " + plan.seconds() + " s");
        lines.add("");
        lines.add(count(played, Mishap.Killed.class) + " services killed, the broker killed "
                + count(played, Mishap.BrokerAway.class) + " times, " + count(played, Mishap.Fault.class)
                + " faults of Amazon Connect, WhatsApp, the application and the language model, "
                + count(played, Mishap.Transferred.class)
                + " chats transferred");
        ways.forEach((way, verdict) -> lines.add(line(way, verdict)));
        ways.values().forEach(verdict -> verdict.accounted().forEach(one -> lines.add("  " + one)));
        lines.add("");
        lines.add(
                flaws.isEmpty()
                        ? "Everything was shown once and in order, or is on record."
                                + (isArchived ? " The archive has what the topics have." : " There was no archive.")
                        : "NOT everything was shown once and in order, or is in the archive:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
        return lines;
    }

    private static String line(String way, ChaosVerdict verdict) {
        int accounted = verdict.accounted().size();
        int neither = verdict.missing().size() + verdict.flaws().size();
        return verdict.said() + " messages " + way
                + (accounted + neither == 0
                        ? ", all shown once and in order"
                        : ", " + accounted + " on record as refused or as sent again in doubt, " + neither
                                + " lost, repeated or swapped with nothing on record");
    }

    private static long count(List<Mishap> played, Class<? extends Mishap> kind) {
        return played.stream().filter(kind::isInstance).count();
    }
}

package lull.cli.cost;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.cli.sizing.Demand;
import lull.cli.sizing.Sizing;
import lull.cli.sizing.Sizing.Brokers;

/// Estimate of what a month costs without Lull and with it. Pure.
///
/// Without Lull each of a customer's messages is a chat message; with it each turn is one, or several
/// if it is longer than 1,024 characters. Answers are paid for in Amazon Connect, in WhatsApp and, for
/// its numbers, in AWS End User Messaging.
///
/// @param traffic of a month
/// @param kafka the cluster that Lull uses
/// @param architecture of the processors
/// @param prices of everything
record CostEstimate(Traffic traffic, KafkaKind kafka, Architecture architecture, Prices prices) {

    private static final double HOURS = 730;
    private static final double SECONDS = HOURS * 3_600;

    /// Free service messages per business number and month.
    private static final int FREE_SERVICE_MESSAGES = 1_000;

    private static final double DAYS_KEPT = 7;
    private static final double DAYS_A_MONTH = HOURS / 24;
    private static final double WEBHOOK_BYTES = 1_500;
    private static final double EVENTS_A_TURN = 5;

    /// Calls of Amazon Connect, WhatsApp and SQS, with their answers, logs and meters. Calculated, not measured.
    private static final double NAT_BYTES_A_TURN = 40_000;

    static final double MOST_MESSAGES = 1e12;
    private static final double GB = 1e9;

    /// Kafka cluster whose cost is part of the estimate.
    enum KafkaKind {
        /// An existing cluster, which adds no cost.
        NONE,
        STANDARD,
        EXPRESS
    }

    /// Architecture of the processors of AWS Fargate, with the words of the file of an installation.
    enum Architecture {
        X86_64("x86_64"),
        ARM64("arm64");

        private final String word;

        Architecture(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        String vcpu() {
            return "fargate." + word + ".vcpu.hour";
        }

        String memory() {
            return "fargate." + word + ".gb.hour";
        }
    }

    /// Traffic of a month.
    ///
    /// @param messages from customers
    /// @param perTurn messages in a turn
    /// @param partsPerTurn chat messages that a turn needs
    /// @param answersPerTurn answers to a turn
    /// @param everyMessageAnswered whether without Lull each message has the same number of answers, as
    ///     with bots; people read on before they answer
    /// @param market of the customers, as in WhatsApp's rate card
    /// @param numbers business numbers
    /// @param throughEum whether they are numbers of AWS End User Messaging
    /// @param meanToPeak ratio of the messages a second over a month to those at the peak
    record Traffic(
            double messages,
            double perTurn,
            double partsPerTurn,
            double answersPerTurn,
            boolean everyMessageAnswered,
            String market,
            int numbers,
            boolean throughEum,
            double meanToPeak) {

        Traffic with(double others) {
            return new Traffic(
                    others,
                    perTurn,
                    partsPerTurn,
                    answersPerTurn,
                    everyMessageAnswered,
                    market,
                    numbers,
                    throughEum,
                    meanToPeak);
        }

        double turns() {
            return messages / perTurn;
        }

        double answersWithout() {
            return everyMessageAnswered ? messages * answersPerTurn : turns() * answersPerTurn;
        }

        double answersWith() {
            return turns() * answersPerTurn;
        }

        /// Returns the messages per second at the peak.
        double peak() {
            return messages / SECONDS / meanToPeak;
        }
    }

    /// Line of the bill.
    record Line(String what, double without, double with) {}

    /// Returns the lines that can differ, without a sum.
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Amazon Connect, chat", chat(chatsWithout()), chat(chatsWith())));
        lines.add(new Line(
                "WhatsApp, service messages", service(traffic.answersWithout()), service(traffic.answersWith())));
        if (traffic.throughEum()) {
            lines.add(new Line(
                    "AWS End User Messaging",
                    eum(traffic.messages() + traffic.answersWithout()),
                    eum(traffic.messages() + traffic.answersWith())));
        }
        broker().ifPresent(price -> lines.add(new Line("Lull: Amazon MSK", 0, price)));
        lines.add(new Line("Lull: Fargate", 0, fargate()));
        lines.add(new Line("Lull: load balancer and NAT", 0, network()));
        lines.add(new Line("Lull: SNS and SQS", 0, notifications()));
        lines.add(new Line("Lull: logs, alarms, keys", 0, operations()));
        return lines;
    }

    /// Returns the names of the prices that the lines use.
    Set<String> used() {
        Set<String> used = new LinkedHashSet<>(List.of(
                "connect.chat.message",
                "whatsapp.service." + traffic.market(),
                architecture.vcpu(),
                architecture.memory(),
                "alb.hour",
                "alb.lcu.hour",
                "nat.hour",
                "nat.gb",
                "sns.million",
                "sqs.million",
                "operations.month",
                "operations.million"));
        if (traffic.throughEum()) {
            used.add("eum.message");
        }
        switch (kafka) {
            case NONE -> {}
            case STANDARD -> used.addAll(List.of("msk.standard.broker.hour", "msk.standard.storage"));
            case EXPRESS ->
                used.addAll(List.of("msk.express.broker.hour", "msk.express.data.in", "msk.express.storage"));
        }
        return used;
    }

    /// Returns the number of messages a month above which it costs less with Lull than without; empty
    /// if it never does.
    Optional<Double> breakEven() {
        if (saved(MOST_MESSAGES) <= 0) {
            return Optional.empty();
        }
        double less = 1;
        double more = MOST_MESSAGES;
        while (more / less > 1.001) {
            double middle = Math.sqrt(less * more);
            if (saved(middle) > 0) {
                more = middle;
            } else {
                less = middle;
            }
        }
        return Optional.of(more);
    }

    private double saved(double messages) {
        return new CostEstimate(traffic.with(messages), kafka, architecture, prices)
                .lines().stream()
                        .mapToDouble(line -> line.without() - line.with())
                        .sum();
    }

    private double chatsWithout() {
        return traffic.messages() + traffic.answersWithout();
    }

    private double chatsWith() {
        return traffic.turns() * traffic.partsPerTurn() + traffic.answersWith();
    }

    private double chat(double messages) {
        return messages * prices.of("connect.chat.message");
    }

    private double service(double answers) {
        double free = (double) FREE_SERVICE_MESSAGES * traffic.numbers();
        return Math.max(0, answers - free) * prices.serviceMessage(traffic.market());
    }

    private double eum(double messages) {
        return messages * prices.of("eum.message");
    }

    private Optional<Double> broker() {
        double written = traffic.messages() * Sizing.KAFKA_BYTES_A_MESSAGE / GB;
        double kept = written * DAYS_KEPT / DAYS_A_MONTH;
        return switch (kafka) {
            case NONE -> Optional.empty();
            // A disk that is half full, with three replicas.
            case STANDARD ->
                Optional.of(sizing().brokers(Brokers.STANDARD) * HOURS * prices.of("msk.standard.broker.hour")
                        + kept * Sizing.ZONES * 2 * prices.of("msk.standard.storage"));
            case EXPRESS ->
                Optional.of(sizing().brokers(Brokers.EXPRESS) * HOURS * prices.of("msk.express.broker.hour")
                        + written * prices.of("msk.express.data.in")
                        + kept * prices.of("msk.express.storage"));
        };
    }

    private double fargate() {
        return HOURS
                * sizing().processes().stream()
                        .mapToDouble(size -> size.allVcpus() * prices.of(architecture.vcpu())
                                + size.allGibibytes() * prices.of(architecture.memory()))
                        .sum();
    }

    private Sizing sizing() {
        return new Sizing(
                Demand.usual(traffic.peak(), traffic.perTurn(), traffic.answersPerTurn(), traffic.meanToPeak()));
    }

    private double network() {
        double gigabytes = traffic.messages() * WEBHOOK_BYTES / GB;
        return HOURS * prices.of("alb.hour")
                + gigabytes * prices.of("alb.lcu.hour")
                + Sizing.ZONES * HOURS * prices.of("nat.hour")
                + traffic.turns() * NAT_BYTES_A_TURN / GB * prices.of("nat.gb");
    }

    /// Returns the requests of SQS. Two events share a request, because they are read and deleted in
    /// batches.
    private double notifications() {
        double millions = traffic.turns() * EVENTS_A_TURN / 1e6;
        return millions * (prices.of("sns.million") + prices.of("sqs.million") / 2);
    }

    private double operations() {
        return prices.of("operations.month") + traffic.messages() / 1e6 * prices.of("operations.million");
    }
}

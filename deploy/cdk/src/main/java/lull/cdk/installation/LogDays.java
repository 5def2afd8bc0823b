package lull.cdk.installation;

import java.util.List;
import java.util.stream.Collectors;

/// Numbers of days for which Amazon CloudWatch Logs can keep lines.
final class LogDays {

    static final List<Integer> ALL = List.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731);

    private LogDays() {}

    static String words() {
        return ALL.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}

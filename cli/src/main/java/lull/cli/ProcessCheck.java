package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CheckResult;
import lull.runtime.admin.AdminSettings;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Settings;

/// Check of the running processes: what each reports at `/readyz`, and the difference between its clock
/// and the broker's.
final class ProcessCheck {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// Many times the size of the answer of `/metrics` with all meters of Kafka.
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    /// Difference above which a clock is wrong.
    private static final double MOST_SKEW_SECONDS = 5;

    private static final String PROCESS = "process";
    private static final Pattern SKEW =
            Pattern.compile("(?m)^lull_broker_clock_skew_seconds\\{[^}]*} (-?[0-9.]+(?:[eE][-+]?[0-9]+)?)$");

    private final BoundedHttpClient client;

    /// @param client for the requests to processes
    ProcessCheck(BoundedHttpClient client) {
        this.client = client;
    }

    /// @param hosts of the members of consumer groups, checked if the settings name no process
    List<CheckResult> findings(Settings settings, Set<String> hosts) throws InterruptedException {
        List<String> named = settings.get(DoctorSettings.PROCESSES);
        List<CheckResult> findings = new ArrayList<>();
        Set<String> kinds = new LinkedHashSet<>();
        if (!named.isEmpty()) {
            for (String address : named) {
                findings.addAll(CheckResult.of(PROCESS, () -> asked(address, true, kinds)));
            }
        } else {
            for (String host : hosts) {
                findings.addAll(CheckResult.of(PROCESS, () -> askMember(host, settings, kinds)));
            }
        }
        if (!kinds.contains("ingress") && !kinds.contains("local")) {
            findings.add(CheckResult.unknown(
                    "ingress",
                    "An ingress is in no consumer group: add its admin port to doctor.processes, so that it is"
                            + " checked"));
        }
        return findings;
    }

    /// Checks a machine that has members of consumer groups, at the admin ports of the processes that
    /// may run there. It is a problem only if none answers.
    private List<CheckResult> askMember(String host, Settings settings, Set<String> kinds) throws InterruptedException {
        List<CheckResult> answered = new ArrayList<>();
        List<CheckResult> silent = new ArrayList<>();
        Set<Integer> ports = new LinkedHashSet<>();
        for (String process : List.of("aggregator", "bridge", "applications")) {
            ports.add(AdminSettings.adminAddress(settings, process).port());
        }
        String scheme = AdminSettings.TLS.isSet(settings) ? "https" : "http";
        for (int port : ports) {
            List<CheckResult> found =
                    asked(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port, false, kinds);
            boolean isSilent = found.stream().anyMatch(finding -> finding.state() == CheckResult.State.UNKNOWN);
            (isSilent ? silent : answered).addAll(found);
        }
        return answered.isEmpty() ? silent : answered;
    }

    private List<CheckResult> asked(String address, boolean isNamed, Set<String> kinds) throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        try {
            URI base = URI.create(address);
            JsonNode readyz = tree(get(base.resolve("/readyz")));
            String kind = tree(get(base.resolve("/info"))).path("process").asText(PROCESS);
            kinds.add(kind);
            findings.add(finding(kind, address, readyz));
            skew(address, get(base.resolve("/metrics")), findings);
        } catch (IOException | UnreadableJson | IllegalArgumentException e) {
            String words = "No process of Lull answers at " + address + " (" + reason(address, e) + ")";
            findings.add(
                    isNamed
                            ? CheckResult.wrong(PROCESS, words + ": start it, or correct doctor.processes")
                            : CheckResult.unknown(
                                    PROCESS,
                                    words + ", though it is a member of a consumer group: list the admin ports in"
                                            + " doctor.processes"));
        }
        return findings;
    }

    private static CheckResult finding(String kind, String address, JsonNode readyz) {
        List<String> problems = texts(readyz.path("problems"));
        List<String> degraded = degraded(readyz.path("degraded"));
        if (!readyz.path("ready").asBoolean()) {
            return CheckResult.wrong(kind, address + " is not ready: " + String.join("; ", problems));
        }
        return degraded.isEmpty()
                ? CheckResult.well(kind, address + " is ready")
                : CheckResult.wrong(kind, address + " is ready but degraded: " + String.join("; ", degraded));
    }

    private static void skew(String address, String metrics, List<CheckResult> findings) {
        SKEW.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .filter(seconds -> Math.abs(seconds) > MOST_SKEW_SECONDS)
                .findFirst()
                .ifPresent(seconds -> findings.add(CheckResult.wrong(
                        "clock",
                        "The broker's clock is " + Math.round(Math.abs(seconds)) + " s "
                                + (seconds > 0 ? "ahead of" : "behind") + " that of " + address
                                + ": synchronize both by NTP")));
    }

    private String get(URI uri) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(uri).build(), LIMIT, MAX_ANSWER_BYTES);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String json) throws UnreadableJson {
        return Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> degraded(JsonNode array) {
        List<String> degraded = new ArrayList<>();
        array.forEach(one -> degraded.add(
                one.path("scope").asText() + ": " + one.path("cause").asText()));
        return degraded;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String reason(String address, Exception e) {
        if (e instanceof SSLException failure) {
            return TlsClient.problem(URI.create(address), failure);
        }
        if (e instanceof IOException && !(e instanceof ConnectException) && address.startsWith("http://")) {
            return e.getMessage() + "; use https if "
                    + AdminSettings.TLS.keyStore().name() + " is set";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

package lull.bridge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lull.bridge.connect.Answer;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.AwsConnect;
import lull.bridge.connect.ConnectPort.Contact;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.whatsapp.GraphNumbers;
import lull.runtime.Finding;
import lull.runtime.settings.Settings;

/// Looks whether Amazon Connect and WhatsApp answer the bridge as they must, with calls that change nothing.
public final class BridgeCheck {

    private static final String CONNECT = "Amazon Connect";

    /// No contact has this id.
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private BridgeCheck() {}

    /// Asks Amazon Connect for a contact, and WhatsApp for the business numbers that are not served by AWS End User
    /// Messaging Social.
    ///
    /// @param settings of the bridge
    public static List<Finding> of(Settings settings, Collection<String> businessNumbers) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        BridgeMetrics metrics = new BridgeMetrics(new SimpleMeterRegistry());
        try (AwsConnect connect = new AwsConnect(BridgeSettings.connect(settings), InstantSource.system(), metrics)) {
            findings.add(connect(settings, connect.describe(settings.get(BridgeSettings.INSTANCE_ID), NOBODY)));
        }
        try (GraphNumbers numbers = new GraphNumbers(BridgeSettings.graph(settings))) {
            for (String number : businessNumbers) {
                if (!settings.get(OutboundSettings.EUM_NUMBERS).containsKey(number)) {
                    findings.add(numbers.look(number));
                }
            }
        }
        return findings;
    }

    private static Finding connect(Settings settings, Answer<Contact> answer) {
        String region = settings.get(BridgeSettings.REGION);
        return switch (answer) {
            case Answer.Ok<Contact> ok -> accepted(region);
            case Answer.Failed<Contact>(Trouble trouble) ->
                switch (trouble) {
                    case Trouble.NotFound notFound -> accepted(region);
                    case Trouble.Invalid(String reason) ->
                        Finding.wrong(CONNECT, reason + ": is " + BridgeSettings.INSTANCE_ID.name() + " right?");
                    case Trouble.Misconfigured(Answer.Extent _, String reason) ->
                        Finding.wrong(
                                CONNECT,
                                reason + ": are there AWS credentials that may call connect:DescribeContact of this"
                                        + " instance?");
                    case Trouble.Passing(String reason) ->
                        Finding.wrong(CONNECT, reason + ": can " + region + " be reached from here?");
                    case Trouble.AccessDenied _, Trouble.Throttled _, Trouble.Paced _, Trouble.QuotaReached _ ->
                        Finding.wrong(CONNECT, "It is throttled or denied just now: try again");
                };
        };
    }

    private static Finding accepted(String region) {
        return Finding.well(
                CONNECT,
                "takes our calls in " + region + "; whether instance and flow are right, the first chat tells");
    }
}

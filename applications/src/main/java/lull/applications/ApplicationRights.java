package lull.applications;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import lull.applications.voices.VoiceSettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Settings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.SocialSettings;

/// Rights in AWS that the process that gives turns to applications needs with its settings.
public final class ApplicationRights {

    private ApplicationRights() {}

    /// Returns the rights of the process.
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        List<String> functions = new ArrayList<>();
        List<String> queues = new ArrayList<>();
        boolean getsFiles = false;
        boolean hears = false;
        for (String name : settings.get(DestinationSettings.DESTINATIONS)) {
            String region = settings.get(ApplicationSettings.region(name));
            hears |= VoiceSettings.reads(settings, name);
            switch (settings.get(DestinationSettings.kind(name))) {
                case LAMBDA ->
                    settings.get(ApplicationSettings.function(name))
                            .map(function -> function.startsWith("arn:")
                                    ? function
                                    : account.arn("lambda", region, "function:" + function))
                            .ifPresent(functions::add);
                case SQS ->
                    settings.get(ApplicationSettings.queue(name))
                            .map(queue -> account.queueArn(URI.create(queue), region))
                            .ifPresent(queues::add);
                case CHATWOOT -> getsFiles = true;
                case TOPIC, HTTP, ASSISTANT -> {
                    // They are not in AWS.
                }
            }
        }
        List<AwsRight> rights = new ArrayList<>();
        if (!functions.isEmpty()) {
            rights.add(new AwsRight("InvokeApplications", EnumSet.of(AwsAction.INVOKE_FUNCTION), functions));
        }
        if (!queues.isEmpty()) {
            rights.add(new AwsRight("SendTurns", EnumSet.of(AwsAction.SEND_MESSAGE), queues));
        }
        List<AwsRight> transcripts = hears ? TranscriberSettings.rights(settings) : List.of();
        rights.addAll(transcripts);
        if (getsFiles || !transcripts.isEmpty()) {
            rights.addAll(SocialSettings.downloadRights(settings, account));
            rights.addAll(AwsSettings.rights(settings));
        }
        return List.copyOf(rights);
    }
}

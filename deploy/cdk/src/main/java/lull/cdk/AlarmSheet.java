package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// Topic that sends alarms by mail, and the form of all alarms: each says what happened, and which part
/// of the runbook helps.
final class AlarmSheet extends Construct {

    private final Installation installation;
    private final SnsAction mail;

    /// @param region of the alarms
    AlarmSheet(Construct scope, Installation installation, String region) {
        super(scope, "Sheet");
        this.installation = installation;
        ResourceNames names = new ResourceNames(installation);
        Key key = Key.Builder.create(this, "Key")
                .alias(names.of("alarms"))
                .description("Encrypts the alarms of Lull")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        Topic topic = Topic.Builder.create(this, "Topic")
                .topicName(names.of("alarms"))
                .masterKey(key)
                .enforceSsl(true)
                .build();
        Map<String, Object> ofAlarms = Map.of(
                "StringEquals", Map.of("aws:SourceAccount", installation.account()),
                "ArnLike", Map.of("aws:SourceArn", names.arn("cloudwatch", region, "alarm:" + names.of("*"))));
        // The CDK grants CloudWatch nothing, and without these an alarm sends no mail.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsPublish")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(ofAlarms)
                .build());
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsPublish")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                .resources(List.of("*"))
                .conditions(ofAlarms)
                .build());
        topic.addSubscription(new EmailSubscription(installation.operations().mail()));
        this.mail = new SnsAction(topic);
    }

    /// Adds an alarm for a value above a limit. A metric without data is no alarm.
    ///
    /// @param name in lower-case letters and hyphens
    /// @param minutes that the value must last
    void above(String name, IMetric metric, double limit, int minutes, String what, RunbookPart part) {
        add(name, metric, ComparisonOperator.GREATER_THAN_THRESHOLD, limit, minutes, false, what, part);
    }

    /// Adds an alarm for a value below a limit. A metric without data is an alarm, too.
    void below(String name, IMetric metric, double limit, int minutes, String what, RunbookPart part) {
        add(name, metric, ComparisonOperator.LESS_THAN_THRESHOLD, limit, minutes, true, what, part);
    }

    /// Adds an alarm for a value below a limit. A metric without data is no alarm.
    void belowIfReported(String name, IMetric metric, double limit, int minutes, String what, RunbookPart part) {
        add(name, metric, ComparisonOperator.LESS_THAN_THRESHOLD, limit, minutes, false, what, part);
    }

    private void add(
            String name,
            IMetric metric,
            ComparisonOperator comparison,
            double limit,
            int minutes,
            boolean isMissingBad,
            String what,
            RunbookPart part) {
        Alarm.Builder.create(this, name)
                .alarmName(installation.name() + "-" + name)
                .alarmDescription(
                        what + " Runbook: " + installation.operations().runbook() + "#" + part.anchor())
                .metric(metric)
                .comparisonOperator(comparison)
                .threshold(limit)
                .evaluationPeriods(minutes)
                .treatMissingData(isMissingBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING)
                .build()
                .addAlarmAction(mail);
    }
}

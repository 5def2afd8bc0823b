package lull.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueuePolicyTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:connect-chat";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // As the documentation of SNS has it.
                """
                {'Statement':[{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:SendMessage',
                 'Resource':'arn:aws:sqs:eu-central-1:123456789012:events',
                 'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:eu-central-1:123456789012:connect-chat'}}}]}
                """,
                "{'Statement':{'Effect':'Allow','Principal':'*','Action':'SQS:*'}}",
                "{'Statement':[{'Effect':'Allow','Principal':{'AWS':'*'},'Action':['sqs:ReceiveMessage','SQS:SendMessage']}]}",
                """
                {'Statement':[{'Effect':'Allow','Principal':{'Service':['sns.amazonaws.com']},'Action':'*',
                 'Condition':{'ArnLike':{'aws:SourceArn':['arn:aws:sns:*:123456789012:connect-*']}}}]}
                """,
                """
                {'Statement':[{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:SendMessage',
                 'Condition':{'StringEquals':{'aws:SourceAccount':'123456789012'}}}]}
                """,
                """
                {'Statement':[{'Effect':'Deny','Principal':'*','Action':'sqs:ReceiveMessage'},
                 {'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage'}]}
                """
            })
    void letsTheTopic(String policy) throws Exception {
        assertThat(QueuePolicy.parse(policy.replace('\'', '"')).lets(TOPIC)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Statement':[]}",
                "{}",
                "{'Statement':[{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::123456789012:root'},'Action':'SQS:*'}]}",
                "{'Statement':[{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:ReceiveMessage'}]}",
                """
                {'Statement':[{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:SendMessage',
                 'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:eu-central-1:123456789012:other'}}}]}
                """,
                """
                {'Statement':[{'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage'},
                 {'Effect':'Deny','Principal':'*','Action':'sqs:*'}]}
                """,
                "{'Statement':[{'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'sqs:SendMessage'}]}"
            })
    void doesNotLetTheTopic(String policy) throws Exception {
        assertThat(QueuePolicy.parse(policy.replace('\'', '"')).lets(TOPIC)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "**, true",
        "arn:aws:sns:*, true",
        "*:connect-chat, true",
        "arn:*:*:eu-central-?:123456789012:connect-*, true",
        "arn:aws:sns:eu-central-1:123456789012:connect-chat, true",
        "arn:aws:sns:eu-central-1:123456789012:connect-chat?, false",
        "arn:aws:sns:eu-central-1:123456789012:connect-cha, false",
        "arn.aws.sns.eu-central-1.123456789012.connect-chat, false",
        "?, false",
        "*-chat-*, false"
    })
    void readsPatterns(String pattern, boolean lets) throws Exception {
        assertThat(QueuePolicy.parse(ofSource(pattern)).lets(TOPIC)).isEqualTo(lets);
    }

    @Test
    @Timeout(10)
    void aPatternOfManyStarsTakesNoTime() throws Exception {
        assertThat(QueuePolicy.parse(ofSource("*a".repeat(10_000) + "*!")).lets("a".repeat(20_000)))
                .isFalse();
    }

    private static String ofSource(String pattern) {
        return "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\","
                + "\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + pattern + "\"}}}]}";
    }
}

package lull.bridge;

import lull.bridge.accounts.AccountMetrics;
import lull.bridge.chats.ChatSettings;
import lull.contract.topic.Topics;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.ResultLogSettings;
import lull.runtime.kafka.TopicFollower;
import lull.runtime.process.ServiceContext;
import lull.whatsapp.account.KnownAccounts;

/// What is known of accounts, numbers, templates and customers' wishes.
///
/// @param known is filled from `whatsapp.account`
record Accounts(KnownAccounts known, AccountMetrics metrics) {

    /// Reads what is known up to now.
    static Accounts start(ServiceContext context, KafkaClients kafka) throws InterruptedException {
        KnownAccounts known = new KnownAccounts();
        AccountMetrics metrics = new AccountMetrics(context.metrics().registry());
        TopicFollower follower = context.components()
                .add(
                        "account follower",
                        new TopicFollower(
                                kafka.consumer("accounts"),
                                Topics.ACCOUNT,
                                known::take,
                                context.settings().get(ResultLogSettings.READ_TIMEOUT)));
        context.health().readyWhile("accounts", follower::problem);
        Chats.countSkipped(context, "accounts", follower, TopicFollower::skipped);
        follower.start();
        // Otherwise a customer who does not want marketing messages could get one.
        follower.awaitStart(context.settings().get(ChatSettings.START_TIMEOUT));
        metrics.show(known, context.clock());
        return new Accounts(known, metrics);
    }
}

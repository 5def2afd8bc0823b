package lull.standins.sns;

/// A notification that a subscription could not deliver, and why.
record DeadLetter(String subscriptionArn, String endpoint, Notification notification, String reason, int attempts) {}

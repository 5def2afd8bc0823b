package lull.cdk;

/// Parts of the runbook to which alarms point. A test compares them with the page.
enum RunbookPart {
    WEBHOOKS("webhooks-are-not-accepted"),
    TURNS("turns-come-late"),
    FLOW("a-flow-waits"),
    REPLIES("replies-do-not-arrive"),
    DEAD_LETTERS("dead-letters"),
    GONE("a-process-is-gone"),
    OUTSIDE("something-outside-is-unavailable"),
    LOG("other-lines-in-the-log");

    private final String anchor;

    RunbookPart(String anchor) {
        this.anchor = anchor;
    }

    String anchor() {
        return anchor;
    }
}

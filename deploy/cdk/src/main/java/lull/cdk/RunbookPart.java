package lull.cdk;

/// Parts of the runbook to which alarms point. A test compares them with the page.
enum RunbookPart {
    WEBHOOKS("webhooks-are-not-accepted"),
    TURNS("turns-come-late"),
    BEHIND("a-group-falls-behind"),
    STREAMS("the-aggregator-is-not-running"),
    STANDBYS("standbys-are-behind"),
    FLOW("a-flow-waits"),
    PAUSED("something-is-paused"),
    APPLICATION_SILENT("an-application-does-not-answer"),
    APPLICATION_REFUSES("an-application-refuses-turns"),
    ASSISTANT("an-assistant-does-not-answer"),
    REPLIES("replies-do-not-arrive"),
    REFUSED("whatsapp-refuses-replies"),
    DEAD_LETTERS("dead-letters"),
    ACCOUNTS("whatsapp-objects-to-an-account"),
    ARCHIVE_BEHIND("the-archive-is-behind"),
    ARCHIVE_DATABASE("the-archives-database-is-full-or-slow"),
    GONE("a-process-is-gone"),
    NOT_READY("a-process-is-not-ready"),
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

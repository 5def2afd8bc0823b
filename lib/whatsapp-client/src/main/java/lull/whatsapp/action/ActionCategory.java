package lull.whatsapp.action;

/// Group of actions that belong together.
public enum ActionCategory {
    MESSAGING("messaging", "Messages"),
    MEDIA("media", "Media"),
    TEMPLATES("templates", "Templates"),
    PROFILE("profile", "Business profile and username"),
    NUMBERS("numbers", "Phone numbers"),
    ACCOUNTS("accounts", "Accounts, subscriptions and health"),
    FLOWS("flows", "Flows"),
    GROUPS("groups", "Groups"),
    CALLING("calling", "Calls"),
    CATALOGS("catalogs", "Catalogs and commerce"),
    PAYMENTS("payments", "Payments"),
    BLOCKING("blocking", "Blocked customers"),
    LINKS("links", "QR codes and short links"),
    AUTOMATION("automation", "Welcome, ice breakers and commands"),
    MARKETING("marketing", "Marketing"),
    ANALYTICS("analytics", "Analytics"),
    QUALITY("quality", "Quality"),
    EUM("eum", "AWS End User Messaging Social");

    private final String word;
    private final String title;

    ActionCategory(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /// The word in lists and options.
    public String word() {
        return word;
    }

    /// The name for people.
    public String title() {
        return title;
    }
}

package lull.whatsapp.action;

/// Permission that an access token needs for an action.
public enum Permission {
    MESSAGING("whatsapp_business_messaging"),
    MANAGEMENT("whatsapp_business_management"),
    CATALOGS("catalog_management"),
    /// The Graph API is not called: AWS's IAM decides.
    IAM("IAM");

    private final String word;

    Permission(String word) {
        this.word = word;
    }

    /// Meta's name of it.
    public String word() {
        return word;
    }
}

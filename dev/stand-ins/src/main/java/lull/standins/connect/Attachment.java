package lull.standins.connect;

/// A file as a chat's participants see it.
record Attachment(String id, String name, String contentType, Status status) {
    enum Status {
        APPROVED,
        REJECTED,
        IN_PROGRESS
    }
}

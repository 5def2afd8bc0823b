package lull.standins.s3;

/// An object in a bucket, with what is told to whoever gets it.
public final class S3Object {
    private final String contentType;
    private final String disposition;
    private final byte[] content;

    /// @param disposition how browsers are told to show it; may be empty
    public S3Object(String contentType, String disposition, byte[] content) {
        this.contentType = contentType;
        this.disposition = disposition;
        this.content = content.clone();
    }

    public String contentType() {
        return contentType;
    }

    String disposition() {
        return disposition;
    }

    public byte[] content() {
        return content.clone();
    }
}

package lull.standins.s3;

import io.javalin.http.Context;

/// Refusal of S3, in S3's words.
final class S3Exception extends RuntimeException {
    private final int status;
    private final String code;

    S3Exception(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    void answer(Context context) {
        context.status(status)
                .contentType("application/xml")
                .result(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                                .formatted(code, getMessage()));
    }
}

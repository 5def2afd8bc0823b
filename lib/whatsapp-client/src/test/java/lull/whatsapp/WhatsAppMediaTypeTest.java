package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhatsAppMediaTypeTest {

    @ParameterizedTest
    @CsvSource({
        "image/png, 5242880, IMAGE, image/png",
        "image/png, 5242881, DOCUMENT, application/octet-stream",
        "image/heic, 10, DOCUMENT, application/octet-stream",
        "video/mp4, 16777216, VIDEO, video/mp4",
        "video/mp4, 16777217, DOCUMENT, application/octet-stream",
        "'audio/ogg; codecs=opus', 10, AUDIO, audio/ogg",
        "audio/wav, 10, DOCUMENT, application/octet-stream",
        "Application/PDF, 10, DOCUMENT, application/pdf",
        "text/csv, 10, DOCUMENT, text/plain",
        ", 10, DOCUMENT, application/octet-stream"
    })
    void goesAsWhatWhatsAppTakesItFor(@Nullable String type, long bytes, String kind, String mimeType) {
        WhatsAppMediaType.Shape shape = WhatsAppMediaType.of(type, bytes);

        assertThat(shape.kind().name()).isEqualTo(kind);
        assertThat(shape.mimeType()).isEqualTo(mimeType);
    }
}

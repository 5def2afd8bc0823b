package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.AsPng;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Fits;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Unfit;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.text.FileTrouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectAttachmentRulesTest {

    private static final ConnectAttachmentRules RULES =
            new ConnectAttachmentRules(Set.of("jpg", "png", "mp4", "pdf", "txt", "docx"), 1_000);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "IMAGE, -, image/jpeg, image.jpg",
                "VIDEO, -, video/mp4, video.mp4",
                "DOCUMENT, bill.pdf, application/pdf, bill.pdf",
                "DOCUMENT, BILL.PDF, application/pdf, BILL.PDF",
                "DOCUMENT, bill, application/pdf, bill.pdf",
                "DOCUMENT, bill 2.0, application/pdf, bill 2.0.pdf",
                "DOCUMENT, Über Größe?.pdf, application/pdf, Uber Gro_e_.pdf",
                "DOCUMENT, notes.txt, application/octet-stream, notes.txt",
                "DOCUMENT, ../../etc/passwd, text/plain, passwd.txt",
                "DOCUMENT, C:\\files\\bill.pdf, application/pdf, bill.pdf",
                "DOCUMENT, 报价单.pdf, application/pdf, document.pdf",
                "DOCUMENT, عرض السعر.docx, application/octet-stream, document.docx",
                "DOCUMENT, Договор 7.docx, application/octet-stream, _______ 7.docx",
                "DOCUMENT, 🎉.pdf, application/pdf, document.pdf",
                "DOCUMENT, ., application/pdf, document.pdf",
            })
    void namesFilesSoThatTheyTravelInAHeader(ContentKind kind, @Nullable String filename, String type, String name) {
        assertThat(RULES.judge(media(kind, filename), type, 10)).isEqualTo(new Fits(name, type));
    }

    @Test
    void aNameThatIsTooLongKeepsItsEnd() {
        assertThat(RULES.judge(media(ContentKind.DOCUMENT, "x".repeat(300) + ".pdf"), "application/pdf", 10))
                .isInstanceOfSatisfying(
                        Fits.class, fits -> assertThat(fits.name()).hasSize(120).endsWith(".pdf"));
    }

    @ParameterizedTest
    @CsvSource({
        "audio/ogg, 10, TYPE",
        "video/3gpp, 10, TYPE",
        "application/x-unknown, 10, TYPE",
        "image/jpeg, 1001, TOO_LARGE"
    })
    void saysWhyAFileIsNotTaken(String type, long bytes, FileTrouble why) {
        assertThat(RULES.judge(media(ContentKind.AUDIO, null), type, bytes)).isEqualTo(new Unfit(why));
    }

    @Test
    void aStickerGoesAsAPng() {
        assertThat(RULES.judge(media(ContentKind.STICKER, null), "image/webp", 10))
                .isEqualTo(new AsPng("sticker.png"));
        assertThat(new ConnectAttachmentRules(Set.of("webp"), 1_000)
                        .judge(media(ContentKind.STICKER, null), "image/webp", 10))
                .isEqualTo(new Fits("sticker.webp", "image/webp"));
    }

    @ParameterizedTest
    @CsvSource({"audio/ogg, OGG", "audio/amr, AMR", "audio/aac, AAC", "audio/mpeg, MPEG", "audio/mp4, MP4"})
    void aSoundGoesAsAWav(String type, ConnectAttachmentRules.Sound sound) {
        ConnectAttachmentRules rules = new ConnectAttachmentRules(Set.of("wav"), 1_000);

        assertThat(rules.judge(media(ContentKind.AUDIO, null), type, 10))
                .isEqualTo(new ConnectAttachmentRules.AsWav("audio.wav", sound));
        assertThat(rules.judge(media(ContentKind.AUDIO, null), type, 1_001))
                .isEqualTo(new Unfit(FileTrouble.TOO_LARGE));
    }

    private static Content.Media media(ContentKind kind, @Nullable String filename) {
        return new Content.Media(kind, "7", null, null, null, filename, false, false);
    }
}

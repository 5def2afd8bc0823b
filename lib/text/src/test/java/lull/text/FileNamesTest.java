package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bill.pdf | bill.pdf",
                "报价单.pdf | 报价单.pdf",
                "عرض السعر.docx | عرض السعر.docx",
                "चालान.pdf | चालान.pdf",
                "Договор.docx | Договор.docx",
                "🎉 party.png | 🎉 party.png",
                "../../etc/报价单.pdf | 报价单.pdf",
                "C:\\My Files\\報告.doc | 報告.doc",
                "folder/ | folder",
                "`two\nlines.pdf` | two lines.pdf",
                "invoice\u202Efdp.exe | invoicefdp.exe",
                "a\u200Bb.pdf | ab.pdf",
            })
    void isShownWithoutFoldersInOneLine(String filename, String shown) {
        assertThat(FileNames.shown(filename)).isEqualTo(shown);
    }

    @Test
    void aLongNameKeepsItsEndAndNoHalfCharacter() {
        assertThat(FileNames.shown("文".repeat(300) + ".pdf"))
                .hasSize(201)
                .startsWith("…")
                .endsWith("文.pdf");
        assertThat(FileNames.shown("🎉".repeat(200) + ".pdfx"))
                .startsWith("…🎉")
                .doesNotContain("?");
    }

    @Test
    void aFileWithoutANameHasNone() {
        assertThat(FileNames.shown(null)).isEmpty();
        assertThat(FileNames.shown("\u200B\u202E")).isEmpty();
        assertThat(FileNames.isReadable(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bill.pdf", "März (2).pdf", "São Paulo – final.docx", "/tmp/a.pdf", "Ünïcödé.txt"})
    void whatIsInHeadersIsReadableWithoutAccentsAndSigns(String filename) {
        assertThat(FileNames.isReadable(filename)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"报价单.pdf", "عرض.docx", "चालान.pdf", "Größe.pdf", "🎉.pdf", "Договор 7.docx", "ใบเสร็จ.jpg"})
    void otherScriptsAreNot(String filename) {
        assertThat(FileNames.isReadable(filename)).isFalse();
    }
}

package lull.whatsapp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.Channel;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.whatsapp.channel.ChannelFileType.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelFileTypeTest {

    private static final long MAX = 16L << 20;

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            image/jpeg, 10000000, IMAGE, false, image/jpeg
            image/png; x=1, 1, IMAGE, false, image/png
            image/png, 10000001, DOCUMENT, false, image/png
            image/webp, 1, DOCUMENT, false, image/webp
            video/mp4, 50000000, VIDEO, false, video/mp4
            video/quicktime, 1, DOCUMENT, false, video/quicktime
            audio/mpeg, 1, AUDIO, false, audio/mpeg
            audio/ogg; codecs=opus, 1, AUDIO, true, audio/ogg
            audio/wav, 1, DOCUMENT, false, audio/wav
            text/csv, 50000000, DOCUMENT, false, text/csv
            -, 1, DOCUMENT, false, application/octet-stream
            """)
    void telegramShowsWhatItCanAndTakesTheRestAsDocuments(
            @Nullable String type, long bytes, Kind kind, boolean voice, String mimeType) {
        assertThat(ChannelFileType.of(Channel.of("telegram.shop"), type, bytes, MAX))
                .isEqualTo(new Decision.Sent(kind, voice, mimeType));
    }

    @Test
    void aLimitIsNamedInWords() {
        assertThat(ChannelFileType.of(Channel.of("telegram.shop"), "text/csv", 50_000_001, MAX))
                .isEqualTo(new Decision.Refused("Telegram takes files of at most 50 MB"));
        assertThat(ChannelFileType.of(Channel.of("json.desk.a1"), "text/csv", MAX + 1, MAX))
                .isEqualTo(new Decision.Refused("desk takes files of at most 16 MiB"));
        assertThat(ChannelFileType.of(Channel.of("z-api.zap"), "text/csv", MAX + 1, MAX))
                .isEqualTo(new Decision.Refused("WhatsApp takes files of at most 16 MiB"));
    }

    @Test
    void theOtherChannelsHaveWhatsAppsKinds() {
        assertThat(ChannelFileType.of(Channel.of("evolution.evo"), "image/png", 1, MAX))
                .isEqualTo(new Decision.Sent(Kind.IMAGE, false, "image/png"));
        assertThat(ChannelFileType.of(Channel.of("json.desk"), "text/csv", MAX, MAX))
                .isEqualTo(new Decision.Sent(Kind.DOCUMENT, false, "text/csv"));
    }
}

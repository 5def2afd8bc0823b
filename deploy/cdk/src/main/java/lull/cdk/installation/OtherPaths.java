package lull.cdk.installation;

import java.util.List;
import java.util.stream.Stream;
import lull.contract.Channel.Kind;
import lull.whatsapp.channel.ChannelSettings;

/// Paths of the ingress that channels besides WhatsApp and Chatwoot call. Pure.
public final class OtherPaths {

    private OtherPaths() {}

    /// Returns the paths that the settings of an installation need, as patterns of a load balancer; there are
    /// at most five, as many as a rule of it has.
    public static List<String> of(Installation installation) {
        Stream<String> channels = ChannelSettings.channels(LullSettings.loaded(installation)).stream()
                .map(channel -> path(channel.kind()));
        Stream<String> callbacks = new ApplicationDestinations(installation).getsFiles()
                ? Stream.of("/webhooks/chatwoot/*")
                : Stream.empty();
        return Stream.concat(channels, callbacks).distinct().sorted().toList();
    }

    private static String path(Kind kind) {
        return switch (kind) {
            case JSON -> "/channels/*";
            case TELEGRAM, Z_API, EVOLUTION -> "/webhooks/" + kind.word() + "/*";
            case WHATSAPP -> "/webhooks/whatsapp/*";
        };
    }
}

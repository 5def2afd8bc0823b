package lull.ingress;

import java.util.List;
import java.util.stream.Stream;
import lull.contract.topic.Topics;
import lull.runtime.settings.Setting;

/// The settings of the ingress.
public final class IngressSettings {

    public static final Setting<Integer> PORT =
            Setting.number("ingress.port", 8080, 0, 65535, "Port of the webhooks; 0 takes a free one");

    public static final Setting<List<String>> APP_SECRETS = Setting.list(
                    "whatsapp.app.secrets",
                    "",
                    "App secrets of the WhatsApp app, separated by commas: any of them may have signed, so that they can"
                            + " be rotated; needed by the ingress")
            .secret();

    public static final Setting<String> VERIFY_TOKEN = Setting.text(
                    "whatsapp.verify.token", "", "Token of the webhook handshake; needed by the ingress")
            .secret();

    public static final Setting<String> APP = Setting.text(
            "whatsapp.app.name", "default", "Name of the WhatsApp app, as messages carry it in their source");

    public static final Setting<String> INPUT = Setting.text(
            "ingress.topic", Topics.MESSAGE_RECEIVED.name(), "The input topic that messages are written to");

    public static final Setting<Integer> MAX_BODY_BYTES = Setting.number(
            "ingress.max.body.bytes",
            5 * 1024 * 1024,
            4 * 1024 * 1024,
            7 * 1024 * 1024,
            "The largest body of a webhook; WhatsApp sends up to 3 MB");

    /// All of them.
    public static final List<Setting<?>> ALL = Stream.concat(
                    Stream.<Setting<?>>of(PORT, APP_SECRETS, VERIFY_TOKEN, APP, INPUT, MAX_BODY_BYTES),
                    ReplySettings.ALL.stream())
            .toList();

    private IngressSettings() {}
}

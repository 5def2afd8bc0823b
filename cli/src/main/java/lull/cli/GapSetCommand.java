package lull.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull gap set`: changes the gap of an input topic for later messages, on every instance, without a
/// restart.
@Command(
        name = "set",
        description = {
            "Changes the gap of an input topic, from the next message on and on every instance.",
            "The change survives restarts. The topic lull.setting.changed records who changed it."
        },
        mixinStandardHelpOptions = true)
final class GapSetCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The input topic.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "GAP",
            description = "Silence that ends a turn, such as 8s; 0ms makes each message a turn.")
    private @Nullable String gap;

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "Only for this business number (WhatsApp's phone number id).")
    private @Nullable String number;

    @Option(names = "--default", description = "Use the configured gap again.")
    private boolean byDefault;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name to record as author of the change. Default: the user of this machine.",
            showDefaultValue = Help.Visibility.NEVER)
    private String by = "";

    @Mixin
    private final AggregatorClient door = new AggregatorClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        String path = "/gaps/" + encoded(topic);
        String said = gap;
        if ((said == null) != byDefault) {
            throw new ParameterException(spec.commandLine(), "Give a gap such as 8s, or --default");
        }
        byte[] answer = said == null ? reset(path) : set(path, said);
        SettingChange change = Json.read(answer, SettingChange.class);
        PrintWriter out = spec.commandLine().getOut();
        String value = change.value();
        String ofNumber = change.businessNumber();
        out.println("The gap of " + change.topic() + (ofNumber == null ? "" : " for number " + ofNumber) + " is "
                + (value == null ? "the configured one" : value) + " from the next message on, in "
                + change.partitions().size() + " partitions.");
        return 0;
    }

    private byte[] set(String path, String said) throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("gap", said);
        String ofNumber = number;
        if (ofNumber != null) {
            body.put("number", ofNumber);
        }
        body.put("by", by);
        return door.put(path, body);
    }

    private byte[] reset(String path) throws InterruptedException {
        String ofNumber = number;
        return door.delete(path + "?by=" + encoded(by) + (ofNumber == null ? "" : "&number=" + encoded(ofNumber)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

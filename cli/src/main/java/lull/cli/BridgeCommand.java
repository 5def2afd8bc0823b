package lull.cli;

import java.util.concurrent.Callable;
import lull.bridge.BridgeService;
import lull.bridge.BridgeSettings;
import lull.runtime.process.ServiceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull bridge`: runs the bridge.
@Command(
        name = "bridge",
        description = "Sends turns to Amazon Connect, and agents' replies to WhatsApp.",
        mixinStandardHelpOptions = true)
final class BridgeCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        return ServiceProcess.run(
                "bridge",
                configuration.load(
                        several -> BridgeSettings.all(several.chatNumbers(), several.apps(), several.channels())),
                BridgeService::start);
    }
}

package lull.cli;

import java.util.concurrent.Callable;
import lull.ingress.IngressService;
import lull.ingress.IngressSettings;
import lull.runtime.process.ServiceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull ingress`: runs the ingress.
@Command(
        name = "ingress",
        description = "Receives WhatsApp's webhooks and writes them to Kafka.",
        mixinStandardHelpOptions = true)
final class IngressCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        return ServiceProcess.run(
                "ingress",
                configuration.load(several -> IngressSettings.all(
                        several.apps(), several.chatNumbers(), several.channels(), several.destinations())),
                IngressService::start);
    }
}

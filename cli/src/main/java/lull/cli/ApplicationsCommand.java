package lull.cli;

import java.util.concurrent.Callable;
import lull.applications.ApplicationSettings;
import lull.applications.ApplicationsService;
import lull.runtime.process.ServiceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull applications`: runs the process that gives turns to applications.
@Command(
        name = "applications",
        description = "Gives turns to applications, and requests the replies that they answer.",
        mixinStandardHelpOptions = true)
final class ApplicationsCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        return ServiceProcess.run(
                "applications",
                configuration.load(several ->
                        ApplicationSettings.all(several.destinations(), several.chatNumbers(), several.channels())),
                ApplicationsService::start);
    }
}

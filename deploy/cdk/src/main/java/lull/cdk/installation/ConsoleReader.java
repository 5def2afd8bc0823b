package lull.cdk.installation;

import java.util.List;
import java.util.Optional;
import lull.cdk.installation.Installation.Console;
import lull.cdk.installation.Installation.Console.Door;

/// Reader of the member `console`.
final class ConsoleReader {

    private final Members console;

    ConsoleReader(Members console) {
        this.console = console;
    }

    /// @param region of the load balancer
    Console console(String region) {
        List<String> from = DoorsReader.networks(console, "from");
        Optional<Door> door = Optional.empty();
        if (!from.isEmpty()) {
            door = Optional.of(new Door(
                    console.text("hostname", Form.HOST),
                    console.text("certificate", Form.CERTIFICATE),
                    DoorsReader.zone(console),
                    from));
            DoorsReader.requireRegion(console, door.get().certificate(), region);
        } else if (console.has("hostname") || console.has("certificate")) {
            console.wrong("from", "is missing: without networks of operators there is no load balancer");
            console.optional("hostname", Form.HOST);
            console.optional("certificate", Form.CERTIFICATE);
        }
        console.end();
        return new Console(door);
    }
}

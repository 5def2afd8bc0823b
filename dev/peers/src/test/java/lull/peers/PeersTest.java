package lull.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import lull.bench.peer.Peer;
import org.junit.jupiter.api.Test;

final class PeersTest {

    private final List<Peer> peers = ServiceLoader.load(Peer.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    @Test
    void eachHasANameOfItsOwn() {
        assertThat(peers)
                .isNotEmpty()
                .extracting(Peer::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z-]+"));
        assertThat(peers).extracting(Peer::label).doesNotHaveDuplicates();
    }
}

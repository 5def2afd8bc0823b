package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundedMapTest {

    private final BoundedMap<String, Integer> recent = new BoundedMap<>(2);

    @Test
    void forgetsTheEldestWhenThereIsOneTooMany() {
        recent.put("a", 1);
        recent.put("b", 2);
        recent.put("c", 3);

        assertThat(recent).containsOnlyKeys("b", "c");
    }

    @Test
    void whatIsPutInAgainKeepsItsAgeUnlessItWasRemoved() {
        recent.put("a", 1);
        recent.put("b", 2);
        recent.put("a", 3);
        recent.put("c", 4);
        assertThat(recent).containsOnlyKeys("b", "c");

        recent.remove("b");
        recent.put("b", 5);
        recent.put("d", 6);
        assertThat(recent).containsOnlyKeys("b", "d");
    }

    @Test
    void reportsWhatItDropsAndNothingElse() {
        List<String> dropped = new ArrayList<>();
        BoundedMap<String, Integer> map = new BoundedMap<>(2, (key, value) -> dropped.add(key + value));
        map.put("a", 1);
        map.put("b", 2);
        map.put("a", 3);
        map.remove("b");
        map.put("c", 4);
        assertThat(dropped).isEmpty();

        map.put("d", 5);
        assertThat(dropped).containsExactly("a3");
        assertThat(map).containsOnlyKeys("c", "d");
    }
}

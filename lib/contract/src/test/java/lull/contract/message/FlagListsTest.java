package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FlagListsTest {

    private static final FlagRule ALL = new FlagRule("typing", null, 100, false);
    private static final FlagRule NUMBER = new FlagRule("typing", "1", 100, true);
    private static final FlagRule NOTES = new FlagRule("notes", null, 100, false);

    @Test
    void aRuleReplacesTheOneOfItsFlagAndNumberOnly() {
        FlagRule quarter = new FlagRule("typing", null, 25, false);

        assertThat(FlagLists.with(List.of(ALL, NUMBER, NOTES), quarter)).containsExactly(NUMBER, NOTES, quarter);
        assertThat(FlagLists.with(List.of(), quarter)).containsExactly(quarter);
    }

    @Test
    void takesAwayTheRuleOfANumberOrOfAllNumbers() {
        assertThat(FlagLists.without(List.of(ALL, NUMBER, NOTES), "typing", "1"))
                .containsExactly(ALL, NOTES);
        assertThat(FlagLists.without(List.of(ALL, NUMBER, NOTES), "typing", null))
                .containsExactly(NUMBER, NOTES);
        assertThat(FlagLists.without(List.of(ALL), "typing", "2")).containsExactly(ALL);
    }
}

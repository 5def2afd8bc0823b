package lull.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThreadDeathsTest {

    @Test
    void aProcessDoesNotLiveOnWithoutOneOfItsThreads() throws InterruptedException {
        Health health = new Health();
        ThreadDeaths deaths = ThreadDeaths.of(health);
        assertThat(health.fatalProblems()).isEmpty();

        Thread thread = Thread.ofPlatform().name("poll-turns").unstarted(() -> {
            throw new StackOverflowError();
        });
        thread.setUncaughtExceptionHandler(deaths);
        thread.start();
        thread.join();

        assertThat(health.fatalProblems())
                .containsExactly("threads: the thread poll-turns has died of java.lang.StackOverflowError");
        assertThat(health.problems()).hasSize(1);
    }
}

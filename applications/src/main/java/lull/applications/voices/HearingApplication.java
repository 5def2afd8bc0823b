package lull.applications.voices;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import lull.applications.turns.Answer;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.contract.turn.Turn;

/// Application that gets turns with what is said in their voice notes. A turn waits for this before it is given; what
/// is not known in time is left out, so a turn that is given again may have more than before. Safe for several threads.
public final class HearingApplication implements Application {

    private final Application application;
    private final Voices voices;
    private final Duration timeout;
    private final InstantSource clock;

    /// @param timeout of the application: a turn waits for at most half of it
    public HearingApplication(Application application, Voices voices, Duration timeout, InstantSource clock) {
        this.application = application;
        this.voices = voices;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Optional<Answer> instead(Turn turn, ConversationState conversation) {
        return application.instead(turn, conversation);
    }

    @Override
    public void expect(Turn turn, ConversationState conversation) throws InterruptedException {
        application.expect(turn, conversation);
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) throws InterruptedException {
        Instant until = clock.instant().plus(timeout);
        return application.give(id, turn, conversation.hearing(voices.heard(turn, until)));
    }
}

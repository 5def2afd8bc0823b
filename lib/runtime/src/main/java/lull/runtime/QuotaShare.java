package lull.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Share of a quota that this process uses, because all processes of its kind share it in equal parts.
/// Until it is told how many are alive, it assumes the minimum. Safe for several threads.
public final class QuotaShare {

    private static final Logger log = LoggerFactory.getLogger(QuotaShare.class);

    private final int atLeast;
    private final List<QuotaShareListener> listeners = new ArrayList<>();
    private int processes;
    private boolean isKnown;

    /// Creates a share that is at most this part.
    ///
    /// @param atLeast the minimum number of processes that count, 1 or more
    public QuotaShare(int atLeast) {
        if (atLeast < 1) {
            throw new IllegalArgumentException("A quota is shared by 1 process or more");
        }
        this.atLeast = atLeast;
        this.processes = atLeast;
    }

    /// Adds a listener, and calls it with the current number.
    public synchronized void addListener(QuotaShareListener listener) {
        listeners.add(listener);
        listener.shared(processes, false);
    }

    /// Reports how many processes are alive, this one included.
    public synchronized void alive(int count) {
        int now = Math.max(atLeast, count);
        int before = processes;
        boolean hasJoined = !isKnown && now > 1;
        isKnown = true;
        if (now == before && !hasJoined) {
            return;
        }
        processes = now;
        log.atInfo()
                .addKeyValue("processes", now)
                .addKeyValue("before", before)
                .log("The quotas are shared by this number of processes");
        listeners.forEach(listener -> listener.shared(now, hasJoined));
    }

    /// How many processes share the quota, as far as is known.
    public synchronized int processes() {
        return processes;
    }
}

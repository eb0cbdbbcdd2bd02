package io.millrace.launcher.trainer;

import io.millrace.runtime.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the log says of event loops that died while it is open. */
final class LoopDeaths extends AbstractAppender implements AutoCloseable {

    private final Logger log = (Logger) LogManager.getLogger(EventLoop.class);
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    private LoopDeaths() {
        super("loop deaths", null, null, true, Property.EMPTY_ARRAY);
    }

    static LoopDeaths watch() {
        LoopDeaths deaths = new LoopDeaths();
        deaths.start();
        deaths.log.addAppender(deaths);
        return deaths;
    }

    /** Each death's reason, in the words that a person reads. */
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    @Override
    public void append(LogEvent event) {
        if (event.getThrown() != null) {
            reasons.add(event.getThrown().getMessage());
        }
    }

    @Override
    public void close() {
        log.removeAppender(this);
        stop();
    }
}

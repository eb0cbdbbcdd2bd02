package io.millrace.runtime;

/**
 * One of Millrace's services: a process of its own in production, a set of threads in {@code
 * millrace up}.
 *
 * <pre>
 * constructed ──start()──► live ──state replayed──► live and ready ──close()──► gone
 *                            └──a thread of it died──► neither
 * </pre>
 */
public interface Service extends AutoCloseable {

    /** Its name in logs, metrics and URLs, such as {@code trainer}. */
    String name();

    /** Starts its threads and returns; called once. */
    void start();

    /** Whether it still works; a restart is the only cure when not. */
    boolean live();

    /** Whether it can do its work now. */
    boolean ready();

    /** Finishes what is in flight and frees everything. */
    @Override
    void close();
}

package io.millrace.ingest.gateway;

import io.millrace.ingest.gateway.access.Caller;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, and how its events are named.
 *
 * @param principal that the request speaks for where an event names none
 * @param ids the name of the event at a place of the request, where the event has none
 */
record Sender(Caller caller, @Nullable String principal, IntFunction<String> ids) {}

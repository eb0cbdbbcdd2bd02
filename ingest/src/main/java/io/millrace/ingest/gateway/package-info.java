/**
 * The door: what people say comes in over HTTP, is checked, redacted and written to Kafka, and only
 * then acknowledged. One {@linkplain io.millrace.ingest.gateway.Endpoint endpoint} for each kind of
 * event, one event a request or a line each (NDJSON); every refusal is a problem document (RFC
 * 9457) that points at the field.
 */
@NullMarked
package io.millrace.ingest.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * The contracts: what travels through Kafka, and the topics it travels through. Every service
 * depends on this package and on nothing else of another service.
 *
 * <p>The source of truth is one JSON Schema (2020-12) file for each topic, {@code
 * schemas/<topic>.schema.json} on the class path, whole in itself so that any tool can read it. A
 * record of the same shape is bound to it; tests hold both to the same fields, types, absence and
 * bounds, and to a corpus of golden documents of every released version.
 *
 * <p>On the wire an event is UTF-8 JSON ({@link io.millrace.schemas.EventJson}) with CloudEvents
 * headers ({@link io.millrace.schemas.CloudEvents}). {@link io.millrace.schemas.Topics} lists the
 * topics: who writes each one, by which key, and how long it keeps.
 *
 * <h2>Adding a field</h2>
 *
 * A reader ignores fields that it does not know, and old records lie in the topics for years. So,
 * within a version:
 *
 * <ol>
 *   <li>Add it to the schema file's {@code properties}, with a description that names its unit, and
 *       <em>not</em> to {@code required}: yesterday's records have it not. A definition that
 *       several files share changes in each of them.
 *   <li>Add it to the record at the same place, {@code @Nullable}, with the same bounds in the
 *       compact constructor.
 *   <li>Add a golden document that has it; the full one must. Leave the others: they are what
 *       earlier versions wrote.
 * </ol>
 *
 * A field is never removed, renamed, retyped, or made required. What needs that is a new event on a
 * new topic, {@code .v2}, with its own corpus, written beside the old one until no reader of it is
 * left. A new value of an enum is such a change too: readers of yesterday refuse it.
 */
@NullMarked
package io.millrace.schemas;

import org.jspecify.annotations.NullMarked;

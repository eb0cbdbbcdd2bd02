package io.millrace.launcher.command;

import io.millrace.schemas.EventJson;

/** Words as they stand in events, so that what is printed can be searched for there. */
final class Wire {

    private Wire() {}

    static String word(Enum<?> constant) {
        return EventJson.MAPPER.convertValue(constant, String.class);
    }
}

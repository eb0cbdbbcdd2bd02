package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names an organisation whose callers share an API key or an issuer's claim. It has no slash, so
 * that it can stand in front of one in a principal.
 */
public record TenantId(@JsonValue String value) {

    @JsonCreator
    public TenantId {
        Require.tenant("tenant", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

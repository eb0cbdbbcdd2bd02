/**
 * Who may send what. A caller shows an API key or an issuer's token; either names the tenant, and
 * the tenant is what keeps one organisation's signals away from another's answers.
 */
@NullMarked
package io.millrace.ingest.gateway.access;

import org.jspecify.annotations.NullMarked;

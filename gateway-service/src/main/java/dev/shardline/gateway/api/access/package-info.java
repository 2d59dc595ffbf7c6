/**
 * Who may use the admin API: bearer tokens, client certificates, and this machine while neither is configured.
 *
 * <p>Filters of Spring Security, put together by hand in {@code ApiAccess}; docs/adr/0011 says why. Imports nothing of
 * ours.
 */
@NullMarked
package dev.shardline.gateway.api.access;

import org.jspecify.annotations.NullMarked;

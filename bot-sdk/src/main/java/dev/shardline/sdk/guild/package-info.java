/**
 * What guild and intent events mean.
 *
 * <p>Public API. Imports {@code event}.
 */
@NullMarked
package dev.shardline.sdk.guild;

import org.jspecify.annotations.NullMarked;

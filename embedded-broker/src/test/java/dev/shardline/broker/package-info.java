/** Tests of the embedded broker, most of them unchanged against RabbitMQ 4 as well. */
@NullMarked
package dev.shardline.broker;

import org.jspecify.annotations.NullMarked;

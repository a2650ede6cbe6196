/// How the providers can misbehave, for which orders they do, and the answers that suffer from it.
@NullMarked
package dev.sluice.sandbox.mischief;

import org.jspecify.annotations.NullMarked;

/// Access: whose token a request has, what it may do, and how often.
@NullMarked
package dev.sluice.edge.access;

import org.jspecify.annotations.NullMarked;

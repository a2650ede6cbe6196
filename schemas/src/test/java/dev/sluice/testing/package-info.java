/// What the tests of several modules need: sample facts, a topic as it is, a clock that stands.
package dev.sluice.testing;
